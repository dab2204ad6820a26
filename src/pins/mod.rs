//! A pin: how one participant feels at a point, along a line or in an area, when, why, and what they do because of it.

pub mod api;
pub mod moderation;
pub mod rounding;
pub mod selection;
pub mod shape;
pub mod slip;
pub mod store;
pub mod votes;
pub mod wording;
pub mod writer;

use serde::Deserialize;
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::gatherings::{Gathering, Question, Who};
use crate::id::Id;
use crate::neighbourhoods::Neighbourhood;
use crate::neighbourhoods::themes::Theme;
use crate::pins::moderation::Moderated;
pub use crate::pins::shape::Shape;
use crate::words;

words! {
    /// How it feels there.
    pub enum Feeling { Safe = "safe", Unsafe = "unsafe", Mixed = "mixed" }
}

words! {
    /// When it feels so; `dark` is not an hour.
    pub enum When {
        Morning = "morning", Afternoon = "afternoon", Evening = "evening", Night = "night", Dark = "dark", Always = "always"
    }
}

words! {
    /// On which days it feels so.
    pub enum Day { Week = "week", Weekend = "weekend", SchoolHours = "school_hours", Event = "event" }
}

words! {
    /// How often the person comes there.
    pub enum Frequency { Daily = "daily", Weekly = "weekly", Monthly = "monthly", Less = "less", Once = "once" }
}

words! {
    /// What the person does because of it.
    pub enum Effect {
        None = "none", Alert = "alert", Detour = "detour", Avoid = "avoid", Accompanied = "accompanied", Stay = "stay"
    }
}

words! {
    /// Own experience, or heard from others; heard pins never count as people.
    pub enum Basis { Own = "own", Heard = "heard" }
}

/// How wide "around here" may be, in metres.
pub const RADII_M: [i64; 4] = [25, 50, 100, 200];
/// So many themes at most.
pub const MAX_THEMES: usize = 3;
/// So many characters of comment at most.
pub const MAX_COMMENT: usize = 280;

/// What a device says of a pin. `geometry` is a GeoJSON Point, `LineString` or Polygon in longitude and latitude.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
pub struct NewPin {
    /// Where: `{"type": "Point", "coordinates": [lon, lat]}`, or a route or an area.
    pub geometry: Shape,
    /// What is told.
    pub properties: Told,
}

/// What a participant tells of a pin; everything but the feeling may be left out.
#[derive(Debug, Clone, PartialEq, Deserialize, serde::Serialize, ToSchema)]
pub struct Told {
    /// Whose pin.
    pub participant: Id,
    /// How it feels.
    pub feeling: Feeling,
    /// A bit, clearly, strongly: 1 to 3.
    #[serde(default)]
    pub intensity: Option<i64>,
    /// How wide: 25, 50, 100 or 200 m.
    #[serde(default = "usual_radius")]
    pub radius_m: i64,
    /// How exactly it could be placed, in metres.
    #[serde(default)]
    pub precision_m: Option<i64>,
    /// When.
    #[serde(default)]
    pub when: Vec<When>,
    /// On which days.
    #[serde(default)]
    pub days: Vec<Day>,
    /// How often they come there.
    #[serde(default)]
    pub frequency: Option<Frequency>,
    /// What they do.
    #[serde(default)]
    pub effect: Option<Effect>,
    /// Why: at most three.
    #[serde(default)]
    pub themes: Vec<Theme>,
    /// Own or heard.
    #[serde(default = "usual_basis")]
    pub basis: Basis,
    /// In their own words: at most 280 characters.
    #[serde(default)]
    pub comment: Option<String>,
    /// What would help there: at most 280 characters, moderated together with the comment.
    #[serde(default)]
    pub help: Option<String>,
    /// The language of the tablet, such as `nl`.
    #[serde(default)]
    pub lang: Option<String>,
}

fn usual_radius() -> i64 {
    50
}

fn usual_basis() -> Basis {
    Basis::Own
}

impl NewPin {
    /// Checks every field against the neighbourhood and what the gathering asks; trims the comment.
    pub fn check(mut self, gathering: &Gathering, neighbourhood: &Neighbourhood) -> Result<Self> {
        self.geometry = self.geometry.check(&neighbourhood.boundary)?;
        let told = &mut self.properties;
        if told.intensity.is_some_and(|i| !(1..=3).contains(&i)) {
            return Err(Error::invalid("properties.intensity", "must be 1, 2 or 3"));
        }
        if !RADII_M.contains(&told.radius_m) {
            return Err(Error::invalid("properties.radius_m", "must be 25, 50, 100 or 200"));
        }
        if told.precision_m.is_some_and(|m| !(0..=10_000).contains(&m)) {
            return Err(Error::invalid("properties.precision_m", "must be 0 to 10000"));
        }
        if told.themes.len() > MAX_THEMES {
            return Err(Error::invalid("properties.themes", "at most three"));
        }
        if let Some(theme) = told.themes.iter().find(|theme| !neighbourhood.themes.contains(theme)) {
            return Err(Error::invalid("properties.themes", format!("{:?} is not in use here", theme.code())));
        }
        each_once("properties.themes", &told.themes)?;
        each_once("properties.when", &told.when)?;
        each_once("properties.days", &told.days)?;
        if told
            .lang
            .as_ref()
            .is_some_and(|lang| lang.len() > 8 || !lang.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        {
            return Err(Error::invalid("properties.lang", "must be a language code such as nl"));
        }
        let asks = |question| gathering.questions.contains(&question);
        told.comment = own_words("properties.comment", told.comment.take(), asks(Question::Comment))?;
        told.help = own_words("properties.help", told.help.take(), asks(Question::Help))?;
        Ok(self)
    }
}

/// A resident's own words, trimmed, where they are asked for; none where nothing is left.
pub fn own_words(field: &str, words: Option<String>, is_asked: bool) -> Result<Option<String>> {
    let words = words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
    if let Some(words) = &words {
        if words.chars().count() > MAX_COMMENT {
            return Err(Error::invalid(field, "must have at most 280 characters"));
        }
        if words.chars().any(|c| c.is_control() && c != '\n') {
            return Err(Error::invalid(field, "must hold no control characters"));
        }
        if !is_asked {
            return Err(Error::invalid(field, "this gathering does not ask for these words"));
        }
    }
    Ok(words)
}

fn each_once<T: PartialEq>(field: &str, list: &[T]) -> Result<()> {
    if list.iter().enumerate().any(|(i, one)| list[..i].contains(one)) {
        return Err(Error::invalid(field, "each only once"));
    }
    Ok(())
}

/// A stored pin with what is known of its gathering and participant: all that filters, exports and statistics look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// Its random id.
    pub id: Id,
    /// The gathering it was made at.
    pub gathering: Id,
    /// The round of that gathering.
    pub round: String,
    /// The date of that gathering.
    pub held_on: String,
    /// What the participant told about themselves.
    pub who: Who,
    /// Longitude in degrees; of a line or area that of a point on it.
    pub lon: f64,
    /// Latitude in degrees.
    pub lat: f64,
    /// The line or area that is meant; none for a point.
    pub shape: Option<Shape>,
    /// What was told.
    pub told: Told,
    /// How its words stand, the comment and what would help; none where there are none.
    pub moderated: Option<Moderated>,
    /// Whether it stands for somebody who agreed with a pin of somebody else ([`votes::agreement`]).
    pub agreed: bool,
}
