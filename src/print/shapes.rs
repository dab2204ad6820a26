//! The drawings of the three feelings and the pictograms, as the pages have them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::pins::Feeling;

const TICK: &str = r##"fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round""##;

/// The inside of an svg on a 48 grid: the shape carries the meaning, the colours only repeat it.
#[must_use]
pub fn shape(feeling: Feeling, safe: &str, not_safe: &str) -> String {
    match feeling {
        Feeling::Safe => format!(
            r#"<circle cx="24" cy="24" r="19.5" fill="{safe}"/><path d="m14.5 24.7 6.6 6.6L34 17.2" {TICK} stroke-width="5"/>"#
        ),
        Feeling::Unsafe => format!(
            r##"<path d="M21.1 5.6a3.4 3.4 0 0 1 5.8 0l17.6 31a3.3 3.3 0 0 1-2.9 4.9H6.4a3.3 3.3 0 0 1-2.9-4.9z" fill="{not_safe}"/><path d="M24 17v10.5" {TICK} stroke-width="5"/><circle cx="24" cy="34.6" r="2.9" fill="#fff"/>"##
        ),
        Feeling::Mixed => format!(
            r##"<path d="M22.2 3.3 3.3 22.2a2.5 2.5 0 0 0 0 3.6l18.9 18.9z" fill="{safe}"/><path d="m25.8 3.3 18.9 18.9a2.5 2.5 0 0 1 0 3.6L25.8 44.7z" fill="{not_safe}"/><path d="m11.5 24.3 3.2 3.2 5-6" {TICK} stroke-width="3.2"/><path d="M32.2 18.6v6" {TICK} stroke-width="3.4"/><circle cx="32.2" cy="29.6" r="1.9" fill="#fff"/>"##
        ),
    }
}

/// The edge of each shape.
#[must_use]
pub fn outline(feeling: Feeling) -> &'static str {
    match feeling {
        Feeling::Safe => r#"<circle cx="24" cy="24" r="19.5"/>"#,
        Feeling::Unsafe => {
            r#"<path d="M21.1 5.6a3.4 3.4 0 0 1 5.8 0l17.6 31a3.3 3.3 0 0 1-2.9 4.9H6.4a3.3 3.3 0 0 1-2.9-4.9z"/>"#
        }
        Feeling::Mixed => r#"<path d="M24 3 45 24 24 45 3 24z"/>"#,
    }
}

/// The mark of the project on a 60 by 40 grid.
pub const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M41.5 5.5a2 2 0 0 1 3.4 0L59 32a2 2 0 0 1-1.7 3H29a2 2 0 0 1-1.7-3z" fill="#f1a340"/><circle cx="19" cy="20" r="16" fill="#2166ac"/></svg>"##;

/// The pages' own files: one line of markup to a pictogram.
static PICTOGRAMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let files = [
        include_str!("../../frontend/src/ui/icons.ts"),
        include_str!("../../frontend/src/ui/staff-icons.ts"),
        include_str!("../../frontend/src/ui/attachment-icons.ts"),
    ];
    let lines = files.into_iter().flat_map(str::lines);
    lines.filter_map(|line| line.trim().strip_suffix("',")?.split_once(": '")).collect()
});

/// A pictogram as an svg of its own; none of that name is an empty one.
#[must_use]
pub fn pictogram(name: &str) -> String {
    let inner = PICTOGRAMS.get(name).copied().unwrap_or_default();
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><style>.t{{fill:#f3dcb8}}.n{{stroke:none}}.s{{fill:#1b2530;stroke:none}}.p{{fill:#fffdf8}}.w{{fill:#fffdf8;stroke:none}}.x{{fill:none}}</style><g fill="none" stroke="#1b2530" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">{inner}</g></svg>"##
    )
}

/// The shape of a feeling as an svg of its own.
#[must_use]
pub fn mark(feeling: Feeling) -> String {
    let inner = shape(feeling, "#2166ac", "#b35806");
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{inner}</svg>"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictograms_are_the_pages_own() {
        for name in ["place", "free", "camera", "together", "light", "sight", "people", "path", "guard", "clean", "use"]
        {
            assert!(PICTOGRAMS.get(name).is_some_and(|markup| markup.starts_with('<')), "{name}");
        }
    }
}
