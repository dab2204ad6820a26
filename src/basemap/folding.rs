//! Makes names comparable: without case, accents, ligatures or signs.

/// A name as it is compared: small letters and digits, one space between words.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = plain(c);
        let word = if plain.is_empty() { c.is_alphanumeric() } else { true };
        if is_mark(c) || c == '.' {
            // An accent of its own, or the dots of J.F. Kennedylaan, which nobody types.
            continue;
        }
        if !word {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        if plain.is_empty() { folded.push(c) } else { folded.push_str(plain) }
    }
    folded
}

/// Combining accents, and the short vowels of Arabic that few people type.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

/// The plain letters for a small letter with an accent or of two joined; empty for any other.
fn plain(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ĳ' => "ij",
        'ß' => "ss",
        'þ' => "th",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' => "ي",
        'ة' => "ه",
        _ => "",
    }
}

/// How well a folded name answers a folded question; less is better, none is not at all.
pub(super) fn rank(name: &str, question: &str) -> Option<u8> {
    if question.is_empty() {
        return None;
    }
    if name == question {
        return Some(0);
    }
    if name.starts_with(question) {
        return Some(1);
    }
    let starts_word =
        |part: &str| name.starts_with(part) || name.match_indices(part).any(|(at, _)| name[..at].ends_with(' '));
    if starts_word(question) {
        return Some(2);
    }
    if question.contains(' ') && question.split(' ').all(starts_word) {
        return Some(3);
    }
    name.contains(question).then_some(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_typed() {
        for (name, folded) in [
            ("Kerkstraat", "kerkstraat"),
            ("Rue de l'Église", "rue de l eglise"),
            ("Bœuf-Cœur", "boeuf coeur"),
            ("'s-Gravenstraat", "s gravenstraat"),
            ("St. Jansplein  (noord)", "st jansplein noord"),
            ("J.F. Kennedylaan", "jf kennedylaan"),
            ("STRASSE", "strasse"),
            ("Große Straße", "grosse strasse"),
            ("Ĳzerlaan", "ijzerlaan"),
            ("E\u{301}cole", "ecole"),
            ("İstanbul", "istanbul"),
            ("شارع الأُمّة", "شارع الامه"),
            ("—", ""),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

    #[test]
    fn better_answers_come_first() {
        let ranked = |name: &str, question: &str| rank(&fold(name), &fold(question));
        assert_eq!(ranked("Kerk", "KERK"), Some(0));
        assert_eq!(ranked("Kerkstraat", "kerk"), Some(1));
        assert_eq!(ranked("Oude Kerkstraat", "kerk"), Some(2));
        assert_eq!(ranked("Oude Kleine Kerkstraat", "kerk oud"), Some(3));
        assert_eq!(ranked("Hofkerk", "kerk"), Some(4));
        assert_eq!(ranked("Molenstraat", "kerk"), None);
        assert_eq!(ranked("Molenstraat", "-"), None);
    }
}
