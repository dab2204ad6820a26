//! The colours of the look: the pages have the same (`frontend/src/map/palettes.ts`).

use super::classes::Drawn;
use crate::words;

words! {
    /// On paper or at night.
    pub enum Theme { Light = "light", Dark = "dark" }
}

/// The colours of a map.
#[derive(Debug)]
pub(super) struct Palette {
    pub ground: &'static str,
    areas: [&'static str; 12],
    pub water_line: &'static str,
    pub building_line: &'static str,
    pub casing: &'static str,
    pub casing_main: &'static str,
    pub road: &'static str,
    pub road_main: &'static str,
    pub path: &'static str,
    pub rail: &'static str,
    pub name: &'static str,
    pub name_main: &'static str,
    pub halo: &'static str,
    pub place_name: &'static str,
    pub water_name: &'static str,
    pub locality: &'static str,
    pub mask: &'static str,
    pub mask_opacity: f64,
    pub edge: &'static str,
    /// Around marks, so that they stand off from the ground.
    pub casing_mark: &'static str,
    pub safe: &'static str,
    pub not_safe: &'static str,
    pub safe_line: &'static str,
    pub unsafe_line: &'static str,
    pub contested_line: &'static str,
    pub few_line: &'static str,
    pub stipple: &'static str,
    pub ink: &'static str,
    pub surface: &'static str,
    /// Shares of unsafe of 10, 30, 50, 70 and 90 %.
    pub hues: [&'static str; 5],
}

const LIGHT: Palette = Palette {
    ground: "#f4efe4",
    areas: [
        "#f7f3ea", "#efe9dd", "#efeadb", "#e9ead9", "#d5dfc6", "#dde6cd", "#f0e6d6", "#dbe5cd", "#e1e6d6", "#fdfaf4",
        "#c3d9df", "#e7dfcf",
    ],
    water_line: "#a9c8d1",
    building_line: "#d6cbb6",
    casing: "#d9cfbd",
    casing_main: "#c9bda7",
    road: "#fffdf8",
    road_main: "#fffaf0",
    path: "#bfb29b",
    rail: "#b9ae9c",
    name: "#4f5558",
    name_main: "#33404c",
    halo: "#fbf7ee",
    place_name: "#6a6253",
    water_name: "#38697a",
    locality: "#1b2530",
    mask: "#efe8d9",
    mask_opacity: 0.74,
    edge: "#1f3a5f",
    casing_mark: "#fffdf8",
    safe: "#2166ac",
    not_safe: "#b35806",
    safe_line: "#174a7e",
    unsafe_line: "#7c3d04",
    contested_line: "#1b2530",
    few_line: "#454f5b",
    stipple: "#b9ae9c",
    ink: "#1b2530",
    surface: "#fffdf8",
    hues: ["#2166ac", "#67a9cf", "#f7f7f7", "#f1a340", "#b35806"],
};

const DARK: Palette = Palette {
    ground: "#161d25",
    areas: [
        "#19212a", "#1c242d", "#19222a", "#1b2725", "#1a2a25", "#1d2e28", "#242a31", "#20322b", "#1d2926", "#303c48",
        "#15323f", "#222c37",
    ],
    water_line: "#1d4453",
    building_line: "#2c3844",
    casing: "#0f151b",
    casing_main: "#0c1116",
    road: "#33404d",
    road_main: "#42505f",
    path: "#46535f",
    rail: "#3a4651",
    name: "#c2c5c4",
    name_main: "#e6e2d9",
    halo: "#151c24",
    place_name: "#a7a08f",
    water_name: "#86b7c6",
    locality: "#f3eee4",
    mask: "#0c1116",
    mask_opacity: 0.66,
    edge: "#a9c4e6",
    casing_mark: "#0c1116",
    safe: "#3f8fd0",
    not_safe: "#d4701a",
    safe_line: "#8cc4e8",
    unsafe_line: "#f1a340",
    contested_line: "#f3eee4",
    few_line: "#c6c8c9",
    stipple: "#4a545e",
    ink: "#f3eee4",
    surface: "#1a222c",
    hues: ["#3f8fd0", "#67a9cf", "#d9d6cf", "#f1a340", "#e07b1a"],
};

impl Palette {
    pub const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// The colour of an area on the ground.
    pub fn area(&self, drawn: Drawn) -> Option<&'static str> {
        let at = match drawn {
            Drawn::Residential => 0,
            Drawn::Works => 1,
            Drawn::Farm => 2,
            Drawn::Grass => 3,
            Drawn::Wood => 4,
            Drawn::Park => 5,
            Drawn::School => 6,
            Drawn::Pitch => 7,
            Drawn::Cemetery => 8,
            Drawn::Square => 9,
            Drawn::Water => 10,
            Drawn::Building => 11,
            _ => return None,
        };
        Some(self.areas[at])
    }
}
