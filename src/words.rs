//! Closed lists of words: one spelling in Rust, JSON, database and address.

/// Declares an enum whose members are words: its codes, `parse`, serde, OpenAPI and database text.
/// (A code is a bare token: as a `literal` it would reach utoipa wrapped, and the document would name the members.)
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($member:ident = $code:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[allow(missing_docs, reason = "the words speak for themselves")]
        $vis enum $name { $(#[serde(rename = $code)] $member),+ }

        impl $name {
            /// Every word of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The word as it stands in JSON, the database and addresses.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code),+ }
            }

            /// Reads a word; none of the list is an error that names the field.
            pub fn parse(field: &str, code: &str) -> $crate::error::Result<Self> {
                match code {
                    $($code => Ok(Self::$member),)+
                    other => Err($crate::words::unknown(field, other, &[$($code),+])),
                }
            }
        }
    };
}

/// The error for a word that is not on a list.
#[must_use]
pub fn unknown(field: &str, word: &str, known: &[&str]) -> crate::error::Error {
    let word: String = word.chars().take(40).collect();
    crate::error::Error::invalid(field, format!("unknown word {word:?}, expected one of {}", known.join(", ")))
}

/// Writes a list of words as one text: codes with commas between.
#[must_use]
pub fn join<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.collect::<Vec<_>>().join(",")
}

/// Reads what [`join`] wrote.
pub fn split<T>(text: &str, parse: impl Fn(&str) -> crate::error::Result<T>) -> crate::error::Result<Vec<T>> {
    text.split(',').filter(|code| !code.is_empty()).map(parse).collect()
}

#[cfg(test)]
mod tests {
    words! {
        /// A size.
        pub enum Size { Small = "s", ExtraLarge = "x_l" }
    }

    #[test]
    fn the_document_has_the_words_and_not_the_members() {
        let schema = serde_json::to_value(<Size as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(schema["enum"], serde_json::json!(["s", "x_l"]));
        assert_eq!(serde_json::to_value(Size::ALL).unwrap(), schema["enum"]);
        assert_eq!(Size::parse("size", "x_l").map(Size::code).ok(), Some("x_l"));
    }
}
