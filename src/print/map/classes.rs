//! What of each tile schema is drawn how; the pages draw the same (`frontend/src/map/style.ts`).

use std::collections::HashMap;

use mvt_reader::feature::Value;

use crate::basemap::Schema;

/// How a thing is drawn, from the ground up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Drawn {
    Residential,
    Works,
    Farm,
    Grass,
    Wood,
    Park,
    School,
    Pitch,
    Cemetery,
    Square,
    Waterway,
    Water,
    Building,
    Track,
    Path,
    Service,
    Minor,
    Tertiary,
    Secondary,
    Primary,
    Motorway,
    Rail,
    /// Only its name is drawn: a street of the schemas that keep names apart.
    StreetName,
    MainStreetName,
    /// A point of orientation, the more telling first.
    Place(u8),
    Locality,
}

impl Drawn {
    /// Whether it is a street that leads further than the neighbourhood.
    pub fn is_main(self) -> bool {
        matches!(self, Self::Tertiary | Self::Secondary | Self::Primary | Self::Motorway | Self::MainStreetName)
    }
}

/// How a feature of a tile is drawn; none where it is left out.
pub(super) fn drawn(schema: Schema, layer: &str, attributes: &HashMap<String, Value>, is_area: bool) -> Option<Drawn> {
    let text = |key: &str| match attributes.get(key) {
        Some(Value::String(text)) => text.as_str(),
        _ => "",
    };
    let tunnel = matches!(attributes.get("tunnel"), Some(Value::Bool(true))) || text("brunnel") == "tunnel";
    match schema {
        Schema::Buurtsignaal => own(layer, text("class"), is_area).filter(|drawn| !(tunnel && *drawn == Drawn::Rail)),
        Schema::OpenMapTiles => openmaptiles(layer, text("class"), text("subclass"), is_area),
        Schema::Shortbread => shortbread(layer, text("kind"), text("amenity")),
    }
}

fn own(layer: &str, class: &str, is_area: bool) -> Option<Drawn> {
    Some(match (layer, class) {
        ("landuse", "residential") => Drawn::Residential,
        ("landuse", "industrial" | "commercial" | "parking") => Drawn::Works,
        ("landuse", "farm") => Drawn::Farm,
        ("landuse", "grass" | "garden") => Drawn::Grass,
        ("landuse", "wood") => Drawn::Wood,
        ("landuse", "park") => Drawn::Park,
        ("landuse", "school" | "hospital") => Drawn::School,
        ("landuse", "pitch" | "playground") => Drawn::Pitch,
        ("landuse", "cemetery") => Drawn::Cemetery,
        ("landuse", "square") => Drawn::Square,
        ("water", _) if is_area => Drawn::Water,
        ("water", _) => Drawn::Waterway,
        ("building", _) => Drawn::Building,
        ("street", "track") => Drawn::Track,
        ("street", "path" | "steps") => Drawn::Path,
        ("street", "service") => Drawn::Service,
        ("street", "minor" | "pedestrian") => Drawn::Minor,
        ("street", "tertiary") => Drawn::Tertiary,
        ("street", "secondary") => Drawn::Secondary,
        ("street", "primary") => Drawn::Primary,
        ("street", "motorway") => Drawn::Motorway,
        ("street", "rail") => Drawn::Rail,
        ("place", "station" | "school" | "church" | "town_hall" | "hospital" | "park" | "square") => Drawn::Place(1),
        ("place", "library" | "sport" | "culture" | "police") => Drawn::Place(2),
        ("place", "stop" | "shop" | "cafe" | "playground" | "bridge" | "post") => Drawn::Place(3),
        ("locality", _) => Drawn::Locality,
        _ => return None,
    })
}

fn openmaptiles(layer: &str, class: &str, subclass: &str, is_area: bool) -> Option<Drawn> {
    let for_all = matches!(subclass, "park" | "village_green" | "recreation_ground" | "garden");
    Some(match (layer, class) {
        ("landuse", "residential" | "suburb" | "neighbourhood") => Drawn::Residential,
        ("landuse", "industrial" | "commercial" | "retail") => Drawn::Works,
        ("landuse", "school" | "university" | "college" | "hospital" | "kindergarten") => Drawn::School,
        ("landuse", "pitch" | "playground" | "stadium") => Drawn::Pitch,
        ("landuse", "cemetery") => Drawn::Cemetery,
        ("landcover", "farmland") => Drawn::Farm,
        ("landcover", "grass") if for_all => Drawn::Park,
        ("landcover", "grass") => Drawn::Grass,
        ("landcover", "wood") => Drawn::Wood,
        ("water", _) => Drawn::Water,
        ("waterway", _) => Drawn::Waterway,
        ("building", _) => Drawn::Building,
        ("transportation", "path" | "minor") if is_area => Drawn::Square,
        ("transportation", _) if is_area => return None,
        ("transportation", "track") => Drawn::Track,
        ("transportation", "path") => Drawn::Path,
        ("transportation", "service") => Drawn::Service,
        ("transportation", "minor" | "busway") => Drawn::Minor,
        ("transportation", "tertiary") => Drawn::Tertiary,
        ("transportation", "secondary") => Drawn::Secondary,
        ("transportation", "primary" | "trunk") => Drawn::Primary,
        ("transportation", "motorway") => Drawn::Motorway,
        ("transportation", "rail" | "transit") => Drawn::Rail,
        ("transportation_name", "minor" | "service" | "track" | "path") => Drawn::StreetName,
        ("transportation_name", "tertiary" | "secondary" | "primary" | "trunk") => Drawn::MainStreetName,
        ("poi", "school" | "college" | "place_of_worship" | "town_hall" | "hospital" | "park" | "railway") => {
            Drawn::Place(1)
        }
        ("poi", "library" | "stadium") => Drawn::Place(2),
        ("poi", "cafe" | "bar") => Drawn::Place(3),
        ("place", _) => Drawn::Locality,
        _ => return None,
    })
}

fn shortbread(layer: &str, kind: &str, amenity: &str) -> Option<Drawn> {
    Some(match (layer, kind) {
        ("land", "residential" | "garages") => Drawn::Residential,
        ("land", "industrial" | "commercial" | "retail" | "railway") => Drawn::Works,
        ("land", "farmland" | "farmyard" | "orchard" | "vineyard" | "plant_nursery") => Drawn::Farm,
        ("land", "grass" | "meadow" | "grassland" | "heath" | "scrub" | "allotments") => Drawn::Grass,
        ("land", "forest" | "wood") => Drawn::Wood,
        ("land", "park" | "village_green" | "recreation_ground" | "garden") => Drawn::Park,
        ("land", "playground" | "pitch" | "playing_fields" | "golf_course" | "miniature_golf") => Drawn::Pitch,
        ("land", "cemetery" | "grave_yard") => Drawn::Cemetery,
        ("sites", "school" | "university" | "college" | "hospital") => Drawn::School,
        ("street_polygons", _) => Drawn::Square,
        ("water_polygons", _) => Drawn::Water,
        ("water_lines", _) => Drawn::Waterway,
        ("buildings", _) => Drawn::Building,
        ("streets", "track") => Drawn::Track,
        ("streets", "path" | "footway" | "cycleway" | "steps" | "bridleway") => Drawn::Path,
        ("streets", "service") => Drawn::Service,
        ("streets", "unclassified" | "residential" | "living_street" | "pedestrian" | "busway") => Drawn::Minor,
        ("streets", "tertiary") => Drawn::Tertiary,
        ("streets", "secondary") => Drawn::Secondary,
        ("streets", "primary" | "trunk") => Drawn::Primary,
        ("streets", "motorway") => Drawn::Motorway,
        ("streets", "rail" | "light_rail" | "subway" | "tram" | "narrow_gauge") => Drawn::Rail,
        ("street_labels", "tertiary" | "secondary" | "primary" | "trunk") => Drawn::MainStreetName,
        ("street_labels", "rail" | "ferry" | "motorway") => return None,
        ("street_labels", _) => Drawn::StreetName,
        ("pois", _) => match amenity {
            "school" | "college" | "university" | "place_of_worship" | "townhall" | "hospital" => Drawn::Place(1),
            "library" | "community_centre" | "police" | "kindergarten" => Drawn::Place(2),
            "cafe" => Drawn::Place(3),
            _ => return None,
        },
        ("place_labels", _) => Drawn::Locality,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_is_a_school_in_every_schema() {
        let read = |schema, layer: &str, key: &str, word: &str| {
            let attributes = HashMap::from([(key.to_owned(), Value::String(word.to_owned()))]);
            drawn(schema, layer, &attributes, true)
        };
        assert_eq!(read(Schema::Buurtsignaal, "landuse", "class", "school"), Some(Drawn::School));
        assert_eq!(read(Schema::OpenMapTiles, "landuse", "class", "school"), Some(Drawn::School));
        assert_eq!(read(Schema::Shortbread, "sites", "kind", "school"), Some(Drawn::School));
        assert_eq!(read(Schema::Shortbread, "pois", "amenity", "school"), Some(Drawn::Place(1)));
        assert_eq!(read(Schema::Buurtsignaal, "landuse", "class", "moon"), None);
    }
}
