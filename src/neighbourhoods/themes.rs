//! The sixteen neutral themes (`bk-themes/1`): a dimension, to which the feeling of a pin gives the sign.

use crate::words;

words! {
    /// What a pin is about; codes are stable, `other` stays last.
    pub enum Theme {
        Light = "light",
        Sight = "sight",
        People = "people",
        Wayfind = "wayfind",
        Path = "path",
        Traffic = "traffic",
        Transit = "transit",
        Clean = "clean",
        Noise = "noise",
        Use = "use",
        Harass = "harass",
        Subst = "subst",
        Crime = "crime",
        Guard = "guard",
        Bond = "bond",
        Other = "other",
    }
}

/// A theme's words in the four languages of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Labels {
    /// Dutch.
    pub nl: &'static str,
    /// French.
    pub fr: &'static str,
    /// German.
    pub de: &'static str,
    /// English.
    pub en: &'static str,
}

impl Theme {
    /// Whether published counts about it need more people than others do.
    #[must_use]
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::Harass | Self::Subst | Self::Crime)
    }

    /// The theme's words.
    #[must_use]
    pub fn labels(self) -> Labels {
        let (nl, fr, de, en) = match self {
            Self::Light => ("Verlichting", "Éclairage", "Beleuchtung", "Lighting"),
            Self::Sight => (
                "Overzicht en zichtlijnen",
                "Vue dégagée, recoins",
                "Übersicht und Einsehbarkeit",
                "Sightlines and corners",
            ),
            Self::People => ("Aanwezigheid van mensen", "Présence de monde", "Belebtheit", "People around"),
            Self::Wayfind => (
                "Oriëntatie en uitwegen",
                "Orientation et issues",
                "Orientierung und Auswege",
                "Wayfinding and ways out",
            ),
            Self::Path => (
                "Voetpad, fietspad en toegankelijkheid",
                "Trottoir, piste cyclable, accessibilité",
                "Geh- und Radweg, Barrierefreiheit",
                "Footway, cycleway, accessibility",
            ),
            Self::Traffic => {
                ("Verkeer en parkeren", "Circulation et stationnement", "Verkehr und Parken", "Traffic and parking")
            }
            Self::Transit => (
                "Halte, station, parking",
                "Arrêt, gare, parking",
                "Haltestelle, Bahnhof, Parkplatz",
                "Stop, station, car park",
            ),
            Self::Clean => {
                ("Netheid en onderhoud", "Propreté et entretien", "Sauberkeit und Pflege", "Cleanliness and upkeep")
            }
            Self::Noise => ("Geluid en geur", "Bruit et odeurs", "Lärm und Geruch", "Noise and smell"),
            Self::Use => (
                "Samen gebruiken van de plek",
                "Partage et usages du lieu",
                "Gemeinsame Nutzung des Ortes",
                "Sharing and use of the place",
            ),
            Self::Harass => (
                "Lastiggevallen worden",
                "Harcèlement, intimidation",
                "Belästigung, Einschüchterung",
                "Harassment, intimidation",
            ),
            Self::Subst => (
                "Alcohol en drugs op straat",
                "Alcool et drogues en rue",
                "Alkohol und Drogen auf der Straße",
                "Alcohol and drugs in the street",
            ),
            Self::Crime => (
                "Diefstal, inbraak, geweld",
                "Vol, cambriolage, violence",
                "Diebstahl, Einbruch, Gewalt",
                "Theft, burglary, violence",
            ),
            Self::Guard => (
                "Toezicht en hulp in de buurt",
                "Présence rassurante, aide",
                "Aufsicht und Hilfe",
                "Guardianship and help nearby",
            ),
            Self::Bond => (
                "Buurtgevoel en gezelligheid",
                "Lien social, convivialité",
                "Nachbarschaft, Aufenthaltsqualität",
                "Belonging and pleasantness",
            ),
            Self::Other => ("Iets anders", "Autre", "Anderes", "Something else"),
        };
        Labels { nl, fr, de, en }
    }
}
