//! Reads a Rust file just well enough to know which paths it names, what it declares and what its strings say.

use std::collections::HashMap;

/// A name with a `::` in it, as the file means it: `use` names are spelled out, `super` and `self` are followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub line: usize,
    pub parts: Vec<String>,
}

/// What a file names, without its unit tests and comments.
#[derive(Debug, Default)]
pub struct Source {
    pub paths: Vec<Path>,
    pub declared: Vec<(usize, String)>,
    pub exported_macros: Vec<String>,
    pub texts: Vec<(usize, String)>,
    pub lines: usize,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Mark(char),
}

impl Source {
    /// Reads the file of the module with this path, `["pins", "store"]` for `src/pins/store.rs`.
    pub fn read(text: &str, module: &[String]) -> Self {
        let tokens = without_tests(&tokens(text));
        let mut source = Self { lines: text.lines().count(), ..Self::default() };
        let mut names: HashMap<String, Vec<String>> = HashMap::new();
        // Modules written inside the file, with the depth of braces they stand at.
        let mut module = module.to_vec();
        let mut inner: Vec<usize> = Vec::new();
        let mut depth = 0;
        let mut at = 0;
        while at < tokens.len() {
            let (line, token) = &tokens[at];
            match token {
                Token::Text(text) => source.texts.push((*line, text.clone())),
                Token::Word(word) if word == "use" && !follows(&tokens, at, '<') => {
                    let end =
                        tokens[at..].iter().position(|(_, t)| *t == Token::Mark(';')).map_or(tokens.len(), |n| at + n);
                    for (line, parts, name) in use_tree(&tokens[at + 1..end]) {
                        let parts = absolute(parts, &module);
                        names.insert(name, parts.clone());
                        source.paths.push(Path { line, parts });
                    }
                    at = end;
                }
                Token::Word(word) => {
                    if DECLARES.contains(&word.as_str())
                        && let Some((line, Token::Word(name))) = tokens.get(at + 1)
                    {
                        source.declared.push((*line, name.clone()));
                        if word == "mod" && follows(&tokens, at + 1, '{') {
                            module.push(name.clone());
                            inner.push(depth);
                        }
                    }
                    if word == "macro_rules"
                        && is_exported(&tokens[..at])
                        && let Some((_, Token::Word(name))) = tokens.get(at + 2)
                    {
                        source.exported_macros.push(name.clone());
                    }
                    let (parts, next) = path_at(&tokens, at);
                    let is_macro = matches!(tokens.get(next), Some((_, Token::Mark('!'))));
                    if parts.len() > 1 || is_macro {
                        source.paths.push(Path { line: *line, parts: absolute(parts, &module) });
                    }
                    at = next - 1;
                }
                Token::Mark('{') => depth += 1,
                Token::Mark('}') => {
                    depth -= 1;
                    if inner.last() == Some(&depth) {
                        inner.pop();
                        module.pop();
                    }
                }
                Token::Mark(_) => {}
            }
            at += 1;
        }
        for path in &mut source.paths {
            if let Some(meant) = names.get(&path.parts[0]) {
                path.parts.splice(..1, meant.iter().cloned());
            }
        }
        source
    }
}

const DECLARES: &[&str] = &["struct", "enum", "trait", "type", "fn", "mod", "union"];

/// Whether the token after this one is a certain mark.
fn follows(tokens: &[(usize, Token)], at: usize, mark: char) -> bool {
    matches!(tokens.get(at + 1), Some((_, Token::Mark(found))) if *found == mark)
}

fn is_exported(before: &[(usize, Token)]) -> bool {
    before.iter().rev().take(12).any(|(_, token)| *token == Token::Word("macro_export".to_owned()))
}

/// Spells out `crate`, `self` and `super`; the crate's own name means the same as `crate`.
fn absolute(mut parts: Vec<String>, module: &[String]) -> Vec<String> {
    let first = parts.first().map(String::as_str);
    let mut base = match first {
        Some("self" | "super") => module.to_vec(),
        Some("buurtsignaal") => {
            "crate".clone_into(&mut parts[0]);
            return parts;
        }
        _ => return parts,
    };
    let mut rest = parts.into_iter().peekable();
    while let Some(step) = rest.next_if(|part| part == "self" || part == "super") {
        if step == "super" {
            base.pop();
        }
    }
    std::iter::once("crate".to_owned()).chain(base).chain(rest).collect()
}

/// The words joined by `::` from here on, and where they end.
fn path_at(tokens: &[(usize, Token)], at: usize) -> (Vec<String>, usize) {
    let mut parts = Vec::new();
    let mut at = at;
    while let Some((_, Token::Word(word))) = tokens.get(at) {
        parts.push(word.clone());
        at += 1;
        let colons = (0..2).all(|n| matches!(tokens.get(at + n), Some((_, Token::Mark(':')))));
        if !colons || !matches!(tokens.get(at + 2), Some((_, Token::Word(_)))) {
            break;
        }
        at += 2;
    }
    (parts, at)
}

/// Every path of a `use`, with the name that it brings in.
fn use_tree(tokens: &[(usize, Token)]) -> Vec<(usize, Vec<String>, String)> {
    fn branch(
        tokens: &[(usize, Token)],
        at: &mut usize,
        prefix: &[String],
        found: &mut Vec<(usize, Vec<String>, String)>,
    ) {
        let mut parts = prefix.to_vec();
        let mut renamed = None;
        let mut line = 0;
        while let Some((at_line, token)) = tokens.get(*at) {
            line = *at_line;
            match token {
                Token::Word(word) if word == "as" => {
                    *at += 1;
                    if let Some((_, Token::Word(name))) = tokens.get(*at) {
                        renamed = Some(name.clone());
                    }
                }
                Token::Word(word) if word == "self" && !parts.is_empty() && parts != ["self"] => {}
                Token::Word(word) => parts.push(word.clone()),
                Token::Mark('*') => {
                    found.push((line, parts.clone(), "*".to_owned()));
                    *at += 1;
                    return;
                }
                Token::Mark('{') => {
                    *at += 1;
                    while !matches!(tokens.get(*at), None | Some((_, Token::Mark('}')))) {
                        branch(tokens, at, &parts, found);
                        if matches!(tokens.get(*at), Some((_, Token::Mark(',')))) {
                            *at += 1;
                        }
                    }
                    *at += 1;
                    return;
                }
                Token::Mark(',' | '}') => break,
                _ => {}
            }
            *at += 1;
        }
        let name = renamed.or_else(|| parts.last().cloned()).unwrap_or_default();
        found.push((line, parts, name));
    }
    let (mut at, mut found) = (0, Vec::new());
    branch(tokens, &mut at, &[], &mut found);
    found
}

/// The tokens without what stands under `#[cfg(test)]`.
fn without_tests(tokens: &[(usize, Token)]) -> Vec<(usize, Token)> {
    let (word, mark) = (|word: &str| Token::Word(word.to_owned()), Token::Mark);
    let test = [mark('#'), mark('['), word("cfg"), mark('('), word("test"), mark(')'), mark(']')];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_test = tokens[at..].iter().map(|(_, token)| token).take(test.len()).eq(&test);
        if !is_test {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let mut depth = 0;
        while at < tokens.len() {
            match tokens[at].1 {
                Token::Mark('{') => depth += 1,
                Token::Mark('}') => depth -= 1,
                _ => {}
            }
            let ends = matches!(tokens[at].1, Token::Mark('}' | ';')) && depth == 0;
            at += 1;
            if ends {
                break;
            }
        }
    }
    kept
}

/// Words, texts and marks with their lines; comments, numbers and characters are left out.
fn tokens(text: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    let is = |at: usize, c: char| chars.get(at) == Some(&c);
    while at < chars.len() {
        let c = chars[at];
        let start = at;
        if c == '/' && is(at + 1, '/') {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if c == '/' && is(at + 1, '*') {
            let mut depth = 0;
            while at < chars.len() {
                if is(at, '/') && is(at + 1, '*') {
                    (depth, at) = (depth + 1, at + 2);
                } else if is(at, '*') && is(at + 1, '/') {
                    (depth, at) = (depth - 1, at + 2);
                } else {
                    at += 1;
                }
                if depth == 0 {
                    break;
                }
            }
        } else if let Some((hashes, quote)) = raw_text(&chars, at) {
            at = quote + 1;
            let inner = at;
            while at < chars.len() && !(is(at, '"') && (1..=hashes).all(|n| is(at + n, '#'))) {
                at += 1;
            }
            tokens.push((line, Token::Text(chars[inner..at.min(chars.len())].iter().collect())));
            at += 1 + hashes;
        } else if c == '"' {
            at += 1;
            while at < chars.len() && chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            tokens.push((line, Token::Text(chars[start + 1..at.min(chars.len())].iter().collect())));
            at += 1;
        } else if c == '\'' {
            // A character, or else a lifetime, whose name is no word of its own.
            if is(at + 1, '\\') {
                at += 3;
                while at < chars.len() && chars[at] != '\'' {
                    at += 1;
                }
                at += 1;
            } else if is(at + 2, '\'') {
                at += 3;
            } else {
                at += 1;
                while chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                    at += 1;
                }
            }
        } else if c.is_alphanumeric() || c == '_' {
            while chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                at += 1;
            }
            if !c.is_ascii_digit() {
                tokens.push((line, Token::Word(chars[start..at].iter().collect())));
            }
        } else {
            if !c.is_whitespace() {
                tokens.push((line, Token::Mark(c)));
            }
            at += 1;
        }
        line += chars[start..at.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

/// The number of `#` and the place of the quote, when a raw text starts here.
fn raw_text(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let before = at.checked_sub(1).and_then(|at| chars.get(at));
    if before.is_some_and(|c| c.is_alphanumeric() || *c == '_') {
        return None;
    }
    let after_r = match chars.get(at..at + 2)? {
        ['r', _] => at + 1,
        ['b', 'r'] => at + 2,
        _ => return None,
    };
    let hashes = chars[after_r..].iter().take_while(|c| **c == '#').count();
    (chars.get(after_r + hashes) == Some(&'"')).then_some((hashes, after_r + hashes))
}
