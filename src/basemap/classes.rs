//! From OpenStreetMap's tags to the few classes this map draws.

use super::Layer;

/// The outline an element can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outline {
    /// A node.
    Point,
    /// A way whose ends differ.
    Open,
    /// A way that returns to its start.
    Closed,
    /// A relation of ways.
    Relation,
}

/// The shape a class is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Point,
    Line,
    Area,
}

/// One way in which an element is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub layer: Layer,
    pub class: &'static str,
    pub form: Form,
}

/// An element's tags.
#[derive(Debug, Default)]
pub(super) struct Tags<'a>(Vec<(&'a str, &'a str)>);

impl<'a> FromIterator<(&'a str, &'a str)> for Tags<'a> {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a str)>>(tags: T) -> Self {
        Self(tags.into_iter().collect())
    }
}

const LONGEST_NAME: usize = 120;

impl<'a> Tags<'a> {
    /// A tag's value; `no` counts as absent.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, v)| *k == key && *v != "no").map(|(_, v)| *v)
    }

    /// A tag's value, also where it is `no`.
    pub fn said(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, _)| *k == key).map(|(_, v)| *v)
    }

    fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name, cleaned of control characters and cut where no map could show it.
    pub fn name(&self) -> Option<String> {
        let name: String = self.get("name")?.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        let name = name.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }

    pub fn tunnel(&self) -> bool {
        self.get("tunnel").is_some_and(|value| value != "building_passage")
    }
}

/// The ways in which an element is drawn; none for what the map leaves out.
pub(super) fn kinds(tags: &Tags<'_>, outline: Outline) -> Vec<Kind> {
    let mut kinds = Vec::new();
    if tags.is_empty() {
        return kinds;
    }
    let mut add = |layer, class, form| kinds.push(Kind { layer, class, form });
    let area = matches!(outline, Outline::Closed | Outline::Relation);
    let line = matches!(outline, Outline::Open | Outline::Closed);
    if area {
        if let Some(class) = water_area(tags) {
            add(Layer::Water, class, Form::Area);
        } else if let Some(class) = landuse(tags) {
            add(Layer::Landuse, class, Form::Area);
        }
        if tags.get("building").is_some() {
            add(Layer::Building, "building", Form::Area);
        }
    }
    if line {
        if let Some(class) = waterway(tags) {
            add(Layer::Water, class, Form::Line);
        }
        if let Some(class) = street(tags).filter(|_| !(area && tags.is("area", "yes"))) {
            add(Layer::Street, class, Form::Line);
        }
    }
    if outline != Outline::Open && tags.get("name").is_some() {
        if let Some(class) = place(tags, area) {
            add(Layer::Place, class, Form::Point);
        }
        if let Some(class) = locality(tags) {
            add(Layer::Locality, class, Form::Point);
        }
    }
    kinds
}

fn water_area(tags: &Tags<'_>) -> Option<&'static str> {
    match tags.get("natural") {
        Some("water") => Some(match tags.get("water") {
            Some("river" | "oxbow") => "river",
            Some("canal" | "lock" | "moat" | "harbour" | "dock") => "canal",
            Some("stream" | "ditch" | "drain") => "stream",
            _ => "lake",
        }),
        _ => match (tags.get("waterway"), tags.get("landuse")) {
            (Some("riverbank"), _) => Some("river"),
            (Some("dock"), _) => Some("canal"),
            (_, Some("reservoir" | "basin")) => Some("lake"),
            _ => None,
        },
    }
}

fn waterway(tags: &Tags<'_>) -> Option<&'static str> {
    match tags.get("waterway")? {
        "river" => Some("river"),
        "canal" => Some("canal"),
        "stream" | "ditch" | "drain" | "brook" => Some("stream"),
        _ => None,
    }
}

fn landuse(tags: &Tags<'_>) -> Option<&'static str> {
    let amenity = match tags.get("amenity") {
        Some("school" | "kindergarten" | "college" | "university") => Some("school"),
        Some("hospital") => Some("hospital"),
        Some("grave_yard") => Some("cemetery"),
        Some("parking") if !tags.is("parking", "underground") => Some("parking"),
        Some("marketplace") => Some("square"),
        _ => None,
    };
    let leisure = || match tags.get("leisure") {
        Some("park" | "dog_park") => Some("park"),
        Some("garden") => Some("garden"),
        Some("pitch" | "track") => Some("pitch"),
        Some("playground") => Some("playground"),
        Some("golf_course") => Some("grass"),
        _ => None,
    };
    let square = || {
        let walked = matches!(tags.get("highway"), Some("pedestrian" | "footway")) && !tags.is("area", "no");
        let square =
            tags.is("place", "square") || (walked && (tags.is("area", "yes") || tags.is("type", "multipolygon")));
        square.then_some("square")
    };
    let natural = || match tags.get("natural") {
        Some("wood") => Some("wood"),
        Some("grassland" | "heath" | "scrub" | "fell") => Some("grass"),
        _ => None,
    };
    let landuse = || match tags.get("landuse")? {
        "residential" => Some("residential"),
        "industrial" | "railway" | "port" | "depot" => Some("industrial"),
        "commercial" | "retail" => Some("commercial"),
        "grass" | "meadow" | "village_green" | "recreation_ground" => Some("grass"),
        "forest" => Some("wood"),
        "farmland"
        | "farmyard"
        | "orchard"
        | "vineyard"
        | "allotments"
        | "greenhouse_horticulture"
        | "plant_nursery" => Some("farm"),
        "cemetery" => Some("cemetery"),
        _ => None,
    };
    amenity.or_else(leisure).or_else(square).or_else(natural).or_else(landuse)
}

fn street(tags: &Tags<'_>) -> Option<&'static str> {
    if let Some(highway) = tags.get("highway") {
        return Some(match highway {
            "motorway" | "motorway_link" => "motorway",
            "trunk" | "trunk_link" | "primary" | "primary_link" => "primary",
            "secondary" | "secondary_link" => "secondary",
            "tertiary" | "tertiary_link" => "tertiary",
            "unclassified" | "residential" | "living_street" | "road" | "busway" => "minor",
            "pedestrian" => "pedestrian",
            "service" => "service",
            "track" => "track",
            "footway" | "path" | "cycleway" | "bridleway" => "path",
            "steps" => "steps",
            _ => return None,
        });
    }
    match tags.get("railway")? {
        "rail" | "light_rail" | "tram" | "subway" | "narrow_gauge" | "monorail" | "funicular" => Some("rail"),
        _ => None,
    }
}

fn place(tags: &Tags<'_>, area: bool) -> Option<&'static str> {
    let amenity = || match tags.get("amenity")? {
        "school" | "kindergarten" | "college" | "university" => Some("school"),
        "bus_station" | "ferry_terminal" => Some("station"),
        "place_of_worship" | "monastery" => Some("church"),
        "townhall" => Some("town_hall"),
        "library" => Some("library"),
        "hospital" | "clinic" => Some("hospital"),
        "pharmacy" | "bank" => Some("shop"),
        "marketplace" => Some("square"),
        "cafe" | "restaurant" | "bar" | "pub" | "fast_food" | "ice_cream" | "biergarten" => Some("cafe"),
        "theatre" | "cinema" | "arts_centre" | "community_centre" | "public_building" | "social_centre"
        | "music_venue" | "concert_hall" => Some("culture"),
        "post_office" => Some("post"),
        "police" => Some("police"),
        _ => None,
    };
    let transport = || {
        let station = matches!(tags.get("railway"), Some("station" | "halt")) || tags.is("public_transport", "station");
        let stop = tags.is("highway", "bus_stop")
            || tags.is("railway", "tram_stop")
            || tags.is("public_transport", "platform");
        if station { Some("station") } else { stop.then_some("stop") }
    };
    let leisure = || match tags.get("leisure")? {
        "park" | "garden" | "dog_park" | "nature_reserve" => Some("park"),
        "playground" => Some("playground"),
        "sports_centre" | "sports_hall" | "stadium" | "swimming_pool" | "pitch" | "fitness_centre" | "ice_rink" => {
            Some("sport")
        }
        _ => None,
    };
    let rest = || {
        let walked = area && tags.is("highway", "pedestrian");
        match (tags.get("tourism"), tags.get("shop"), tags.get("man_made")) {
            _ if tags.is("place", "square") || walked => Some("square"),
            (Some("museum" | "gallery" | "attraction"), ..) => Some("culture"),
            _ if matches!(tags.get("historic"), Some("castle" | "monument" | "fort" | "manor")) => Some("culture"),
            (_, Some(shop), _) if shop != "vacant" => Some("shop"),
            (_, _, Some("bridge")) => Some("bridge"),
            _ if tags.is("craft", "bakery") => Some("shop"),
            _ => None,
        }
    };
    amenity().or_else(transport).or_else(leisure).or_else(rest)
}

fn locality(tags: &Tags<'_>) -> Option<&'static str> {
    match tags.get("place")? {
        "city" => Some("city"),
        "town" => Some("town"),
        "village" => Some("village"),
        "suburb" | "borough" => Some("suburb"),
        "neighbourhood" | "quarter" | "hamlet" => Some("neighbourhood"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(tags: &[(&'static str, &'static str)], outline: Outline) -> Vec<(Layer, &'static str, Form)> {
        let tags = tags.iter().copied().collect();
        kinds(&tags, outline).into_iter().map(|kind| (kind.layer, kind.class, kind.form)).collect()
    }

    #[test]
    fn a_named_school_building_is_ground_building_and_landmark() {
        let tags = [("amenity", "school"), ("building", "yes"), ("name", "De Klimop")];
        let expected = [
            (Layer::Landuse, "school", Form::Area),
            (Layer::Building, "building", Form::Area),
            (Layer::Place, "school", Form::Point),
        ];
        assert_eq!(made(&tags, Outline::Closed), expected);
        assert_eq!(made(&tags, Outline::Point), expected[2..]);
        assert_eq!(made(&tags[..2], Outline::Point), []);
    }

    #[test]
    fn a_roundabout_is_a_line_and_a_square_an_area() {
        assert_eq!(made(&[("highway", "primary")], Outline::Closed), [(Layer::Street, "primary", Form::Line)]);
        let square = [("highway", "pedestrian"), ("area", "yes"), ("name", "Dorp")];
        let expected = [(Layer::Landuse, "square", Form::Area), (Layer::Place, "square", Form::Point)];
        assert_eq!(made(&square, Outline::Closed), expected);
    }

    #[test]
    fn no_means_no() {
        assert_eq!(made(&[("building", "no")], Outline::Closed), []);
        assert_eq!(made(&[("highway", "proposed")], Outline::Open), []);
        let tags: Tags<'_> = [("tunnel", "no"), ("name", " \u{7} ")].into_iter().collect();
        assert!(!tags.tunnel());
        assert_eq!(tags.name(), None);
    }
}
