//! A pin: a feeling at a point.

use crate::words;

words! {
    /// How it feels there.
    pub enum Feeling { Safe = "safe", Unsafe = "unsafe", Mixed = "mixed" }
}

words! {
    /// When it feels so; `dark` is not an hour.
    pub enum When { Morning = "morning", Afternoon = "afternoon", Evening = "evening", Night = "night", Dark = "dark", Always = "always" }
}

words! {
    /// What the person does because of it.
    pub enum Effect { None = "none", Alert = "alert", Detour = "detour", Avoid = "avoid", Accompanied = "accompanied", Stay = "stay" }
}

words! {
    /// Own experience, or heard from others; heard pins never count as people.
    pub enum Basis { Own = "own", Heard = "heard" }
}
