//! Holds the code against the house of `lib.rs`: who may import whom, and what may stand where.

mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path as FilePath;

use self::source::{Path, Source};

/// The lines of the house from bottom to top; a room imports only rooms on lower lines.
/// The rooms of the bottom line may import one another.
const LINES: &[&[&str]] = &[
    &["config", "db", "error", "geometry", "id", "limits", "phrases", "time", "words"],
    &["basemap", "live", "people", "privacy"],
    &["neighbourhoods"],
    &["gatherings"],
    &["outboxes", "pins", "recorders"],
    &["attachments", "hotspots"],
    &["carried", "places"],
    &["actions", "walks"],
    &["data_walks"],
    &["publications"],
    &["exports", "print"],
    &[APP],
    &["access", "problem"],
    &[API],
    &["router"],
    &["carry", "demo", "serve"],
    &["hub"],
    &["cli"],
    &["main"],
];

/// What handlers share: the line between the nouns and the edge.
const APP: &str = "app";
/// Every noun's `api.rs` and `api/`, which belongs to the edge and not to its noun.
const API: &str = "api";

/// What speaks HTTP, and so stays at the edge.
const HTTP: &[&str] = &["axum", "axum_extra", "hyper", "hyper_util", "tower", "tower_http", "utoipa_axum"];
/// What talks to the world outside the program.
const IO: &[&str] = &["std::fs", "std::net", "std::process", "std::env", "tokio::fs", "tokio::net", "tokio::process"];
/// The nouns whose algorithms read and write files, or run a program.
const FILES: &[&str] = &["basemap", "print"];
/// What of sqlx is no query: how a word or an id is stored, and what can go wrong.
const SQLX_WORDS: &[&str] = &["Type", "FromRow", "Error"];

/// Words that name nothing.
const BANNED: &[&str] = &[
    "util", "utils", "common", "helper", "helpers", "manager", "service", "dto", "session", "sessions", "user", "users",
];
/// Words that name nothing when they stand alone.
const BANNED_ALONE: &[&str] = &["data", "types", "misc"];
/// Where a file is split by meaning.
const LONGEST: usize = 600;

#[test]
fn the_house_stands() {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for folder in ["src", "tests", "benches", "xtask/src", "migrations"] {
        collect(root, &root.join(folder), &mut files);
    }
    assert!(files.contains_key("src/lib.rs"), "the sources are not where they were");
    let breaches = breaches(&files);
    assert!(breaches.is_empty(), "\n\n{}\n\n(the lines of the house stand in {})\n", breaches.join("\n"), file!());
}

fn collect(root: &FilePath, folder: &FilePath, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "sql") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Everything in the files that breaks a rule of the house.
fn breaches(files: &BTreeMap<String, String>) -> Vec<String> {
    let read: Vec<File> = files.iter().filter(|(name, _)| is(name, "rs")).map(|(n, t)| File::read(n, t)).collect();
    let macros: BTreeMap<&str, &str> = read
        .iter()
        .flat_map(|file| file.source.exported_macros.iter().map(|name| (name.as_str(), file.room.as_str())))
        .collect();
    let mut found = Vec::new();
    for file in &read {
        file.check_names(&mut found);
        if file.name.starts_with("src/") && file.room != "lib" {
            file.check_imports(&macros, &mut found);
            file.check_texts(&mut found);
        }
    }
    for (name, text) in files.iter().filter(|(name, _)| is(name, "sql")) {
        check_tables(name, text, &mut found);
    }
    found
}

fn is(name: &str, kind: &str) -> bool {
    FilePath::new(name).extension().is_some_and(|found| found == kind)
}

/// One file and where it stands in the house.
struct File {
    name: String,
    room: String,
    stem: String,
    is_api: bool,
    source: Source,
}

impl File {
    fn read(name: &str, text: &str) -> Self {
        let inner = name.strip_prefix("src/").unwrap_or(name).trim_end_matches(".rs");
        let mut module: Vec<String> = inner.split('/').map(str::to_owned).collect();
        let stem = module[module.len() - 1].clone();
        if stem == "mod" {
            module.pop();
        }
        let is_api = module.iter().any(|part| part == API);
        Self { name: name.to_owned(), room: module[0].clone(), stem, is_api, source: Source::read(text, &module) }
    }

    /// The line it stands on; an `api.rs`, and what it keeps in its folder, stands at the edge.
    fn line(&self) -> Option<usize> {
        line_of(if self.is_api { API } else { &self.room })
    }

    fn is_noun(&self) -> bool {
        !self.is_api && self.line() > Some(0) && self.line() < line_of(APP)
    }

    fn is_edge(&self) -> bool {
        self.line() > line_of(APP)
    }

    fn holds_sql(&self) -> bool {
        self.stem == "store" || self.room == "db"
    }

    fn check_names(&self, found: &mut Vec<String>) {
        let name = &self.name;
        if self.source.lines > LONGEST && !name.starts_with("tests/") {
            found.push(format!("{name} has {} lines: split it by meaning before {LONGEST}", self.source.lines));
        }
        let folders = name.trim_end_matches(".rs").split('/').map(|part| (1, part.to_owned()));
        for (line, word) in folders.chain(self.source.declared.iter().cloned()) {
            if let Some(banned) = banned_in(&word) {
                found.push(format!("{name}:{line} the name {word} says {banned}, which names nothing here"));
            }
        }
    }

    fn check_imports(&self, macros: &BTreeMap<&str, &str>, found: &mut Vec<String>) {
        let Some(line) = self.line() else {
            found.push(format!(
                "{}: the house has no room {}: put it into the room of its noun, or give it a line in LINES and in lib.rs",
                self.name, self.room
            ));
            return;
        };
        for path in &self.source.paths {
            let mut breach = |why: String| {
                found.push(format!("{}:{} {} {why}", self.name, path.line, path.parts.join("::")));
            };
            if let Some(target) = Self::target(path, macros) {
                let (room, is_api) = target;
                let target_line = line_of(if is_api { API } else { &room });
                let may_show_it = self.is_api && line_of(&self.room) > line_of(&room);
                if is_api {
                    if self.room != "router" && room != self.room && !may_show_it {
                        breach("— only router.rs and the api.rs of a noun above it import an api.rs".to_owned());
                    }
                } else if target_line.is_none() {
                    breach(format!("— the house has no room {room}"));
                } else if room != self.room && target_line > Some(line) {
                    breach(format!("— {} stands below {room} and must not call upwards", self.room_shown()));
                } else if room != self.room && target_line == Some(line) && line > 0 {
                    breach(format!("— {} and {room} stand on the same line", self.room_shown()));
                } else if is_macro(path, macros) && room == "db" && !self.holds_sql() {
                    breach("— only store.rs asks the database".to_owned());
                }
                continue;
            }
            let outside = path.parts[0].as_str();
            if HTTP.contains(&outside) && !self.is_edge() {
                breach("— only the edge (and every api.rs) speaks HTTP".to_owned());
            }
            if outside == "sqlx" && !self.holds_sql() && !path.parts.get(1).is_some_and(|p| SQLX_WORDS.contains(&&**p))
            {
                breach("— only store.rs asks the database".to_owned());
            }
            let does_io = IO.iter().any(|io| path.parts.join("::").starts_with(io));
            if does_io && self.is_noun() && (!FILES.contains(&&*self.room) || self.stem == "mod") {
                breach("— a noun's rules and algorithms do no input or output".to_owned());
            }
        }
    }

    /// The room that a path leads to, and whether to its `api.rs`; nothing for what is not of this crate.
    fn target(path: &Path, macros: &BTreeMap<&str, &str>) -> Option<(String, bool)> {
        let parts = &path.parts;
        if is_macro(path, macros) {
            return macros.get(parts[parts.len() - 1].as_str()).map(|room| ((*room).to_owned(), false));
        }
        if parts[0] != "crate" || parts.len() < 2 {
            return None;
        }
        Some((parts[1].clone(), parts.get(2).is_some_and(|part| part == API)))
    }

    fn room_shown(&self) -> String {
        if self.is_api { format!("{}/api.rs", self.room) } else { self.room.clone() }
    }

    fn check_texts(&self, found: &mut Vec<String>) {
        for (line, text) in self.source.texts.iter().filter(|_| !self.holds_sql()) {
            let text = text.trim_start().to_lowercase();
            let words: Vec<&str> = text.split_whitespace().collect();
            let is_sql = match words.as_slice() {
                ["select", rest @ ..] => rest.contains(&"from"),
                ["insert", "into", ..] | ["delete", "from", ..] | ["update", _, "set", ..] => true,
                _ => false,
            };
            if is_sql {
                found.push(format!("{}:{line} SQL — only store.rs asks the database", self.name));
            }
        }
    }
}

/// Whether a path is one of the macros that the crate shares: alone with its `!`, or right under `crate`.
fn is_macro(path: &Path, macros: &BTreeMap<&str, &str>) -> bool {
    let name = match path.parts.as_slice() {
        [name] => name,
        [first, name] if first == "crate" => name,
        _ => return false,
    };
    macros.contains_key(name.as_str())
}

fn line_of(room: &str) -> Option<usize> {
    LINES.iter().position(|line| line.contains(&room))
}

/// The banned word in a name, its parts divided by `_` or capitals.
fn banned_in(name: &str) -> Option<&'static str> {
    let mut parts = String::new();
    for c in name.chars() {
        if c.is_uppercase() {
            parts.push('_');
        }
        parts.extend(c.to_lowercase());
    }
    let parts: Vec<&str> = parts.split('_').filter(|part| !part.is_empty()).collect();
    let alone = BANNED_ALONE.iter().find(|word| parts == [**word]);
    alone.or_else(|| BANNED.iter().find(|word| parts.contains(word))).copied()
}

fn check_tables(name: &str, text: &str, found: &mut Vec<String>) {
    for (at, line) in text.lines().enumerate() {
        let line = line.trim().to_lowercase();
        let Some(rest) = line.strip_prefix("create table ") else { continue };
        let table = rest.trim_start_matches("if not exists ").split([' ', '(']).next().unwrap_or_default();
        if let Some(banned) = banned_in(table) {
            found.push(format!("{name}:{} the table {table} says {banned}, which names nothing here", at + 1));
        }
    }
}

/// The breaches of one made-up file, beside a file that exports the database's macros.
fn breaches_of(name: &str, text: &str) -> Vec<String> {
    let db = "#[macro_export]\nmacro_rules! read { () => {} }".to_owned();
    breaches(&BTreeMap::from([("src/db.rs".to_owned(), db), (name.to_owned(), text.to_owned())]))
}

#[track_caller]
fn assert_caught(name: &str, text: &str, why: &str) {
    let found = breaches_of(name, text);
    assert!(found.len() == 1 && found[0].contains(why), "{name} with {text:?} gave {found:?}");
}

#[track_caller]
fn assert_fine(name: &str, text: &str) {
    assert_eq!(breaches_of(name, text), Vec::<String>::new(), "{name} with {text:?}");
}

#[test]
fn a_call_upwards_is_caught() {
    assert_caught("src/pins/store.rs", "use crate::hotspots::Index;", "must not call upwards");
    assert_caught("src/pins/mod.rs", "use crate::{id::Id, hotspots};", "must not call upwards");
    assert_caught("src/pins/mod.rs", "fn f() { crate::hotspots::index() }", "must not call upwards");
    assert_caught("src/pins/mod.rs", "use super::hotspots::Index;", "must not call upwards");
    assert_caught(
        "src/pins/mod.rs",
        "use crate as house; fn f() { house::hotspots::index() }",
        "must not call upwards",
    );
    assert_caught("src/geometry/plane.rs", "use crate::neighbourhoods::Neighbourhood;", "must not call upwards");
    assert_caught("src/hotspots/mod.rs", "use crate::app::App;", "must not call upwards");
    assert_caught("src/people/mod.rs", "use crate::live::Hub;", "on the same line");
    assert_caught("src/app.rs", "use crate::problem::Problem;", "must not call upwards");
    assert_caught("src/pins/api.rs", "use crate::router;", "must not call upwards");
    assert_fine(
        "src/hotspots/mod.rs",
        "use crate::pins::{self, Pin}; use crate::error::Result; fn f() { pins::rule() }",
    );
    assert_fine("src/pins/api.rs", "use crate::app::App; use crate::{access, live}; use super::store;");
    assert_fine("src/pins/api/list.rs", "use axum::Json; use crate::app::App; use super::Card;");
    assert_fine("src/db.rs", "use crate::error::Error;");
    assert_fine("src/main.rs", "use buurtsignaal::cli; fn main() { cli::run() }");
}

#[test]
fn an_imported_api_is_caught() {
    assert_caught("src/app.rs", "use crate::pins::api::routes;", "only router.rs");
    assert_caught("src/cli.rs", "use crate::pins; fn f() { pins::api::routes() }", "only router.rs");
    assert_caught("src/pins/api.rs", "use crate::walks::api;", "only router.rs");
    assert_caught("src/walks/store.rs", "use crate::pins::api::Pin;", "only router.rs");
    assert_fine("src/walks/api.rs", "use crate::pins::api::Pin;");
    assert_fine("src/router.rs", "use crate::pins; fn f() { pins::api::routes() }");
}

#[test]
fn http_and_sql_in_the_wrong_place_are_caught() {
    assert_caught("src/pins/mod.rs", "use axum::Json;", "speaks HTTP");
    assert_caught("src/pins/store.rs", "fn f() -> axum::http::StatusCode { todo() }", "speaks HTTP");
    assert_caught("src/app.rs", "use tower_http::limit;", "speaks HTTP");
    assert_caught("src/pins/api.rs", "use sqlx::query;", "only store.rs");
    assert_caught("src/pins/mod.rs", "fn f() { sqlx::query(TEXT); }", "only store.rs");
    assert_caught("src/pins/mod.rs", "use sqlx::{Error, query as ask}; fn f() { ask(TEXT); }", "only store.rs");
    assert_caught("src/pins/api.rs", "use crate::read; ", "only store.rs");
    assert_caught("src/pins/api.rs", "fn f() { read!(db) }", "only store.rs");
    assert_caught("src/pins/api.rs", r#"const Q: &str = "select id from pins";"#, "SQL");
    assert_caught("src/pins/api.rs", "const Q: &str = r#\"\n  delete from pins\"#;", "src/pins/api.rs:1 SQL");
    assert_fine("src/pins/store.rs", r#"use crate::read; fn f() { read!(sqlx::query("select id from pins")) }"#);
    assert_fine("src/basemap/import.rs", "use crate::basemap::osm::read; fn f() { read(1) }");
    assert_fine("src/id.rs", "#[derive(sqlx::Type)] pub struct Id(String);");
    assert_fine("src/pins/api.rs", r#"use axum::Json; const HELP: &str = "select a spot on the map";"#);
}

#[test]
fn reading_files_among_the_rules_is_caught() {
    assert_caught("src/pins/mod.rs", "use std::fs::File;", "no input or output");
    assert_caught("src/hotspots/surface.rs", "use std::{fmt, net::TcpStream};", "no input or output");
    assert_caught("src/basemap/mod.rs", "use std::fs::File;", "no input or output");
    assert_fine("src/basemap/archive.rs", "use std::fs::File;");
    assert_fine("src/pins/mod.rs", "#[cfg(test)]\nmod tests { use std::fs::File; }");
}

#[test]
fn rooms_and_names_that_say_nothing_are_caught() {
    assert_caught("src/marketing.rs", "pub fn f() {}", "the house has no room marketing");
    assert_caught("src/marketing/mod.rs", "pub fn f() {}", "the house has no room marketing");
    assert_caught("src/pins/util.rs", "pub fn f() {}", "says util");
    assert_caught("src/pins/types.rs", "pub fn f() {}", "says types");
    assert_caught("src/pins/mod.rs", "pub struct PinDto;", "says dto");
    assert_caught("src/pins/mod.rs", "fn user_of() {}", "says user");
    assert_caught("src/pins/mod.rs", "enum SessionKind {}", "says session");
    assert_caught("migrations/1.sql", "create table sessions (id text);", "says session");
    assert_caught("src/pins/mod.rs", &"\n".repeat(LONGEST + 1), "split it by meaning");
    assert_fine("src/data_walks/mod.rs", "pub struct Databank; fn commonly() {}");
}

#[test]
fn comments_texts_and_characters_are_no_code() {
    assert_fine("src/pins/mod.rs", "// use axum::Json;\n/* use axum::Json; /* */ use axum::Json; */");
    assert_fine("src/pins/mod.rs", r##"const A: &str = "\" use axum::Json;"; const B: &str = r#"" axum::Json"#;"##);
    assert_fine("src/pins/mod.rs", "fn f<'a>(x: &'a str) -> char { if x == '\"'.to_string() { '\\'' } else { 'a' } }");
    assert_caught("src/pins/mod.rs", "const A: char = '\"'; use axum::Json; const B: char = '\"';", "speaks HTTP");
    assert_fine(
        "src/pins/mod.rs",
        "pub mod rules { use super::Pin; pub mod deep { use super::super::Pin; } } use crate::id;",
    );
    let path = Source::read("use a::{b::{c as d, self}, e::*}; d::f();", &[]).paths;
    let paths: Vec<String> = path.iter().map(|path| path.parts.join("::")).collect();
    assert_eq!(paths, ["a::b::c", "a::b", "a::e", "a::b::c::f"]);
}
