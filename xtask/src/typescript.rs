//! `cargo xtask types`: the TypeScript types of what the server says and hears, from its OpenAPI document.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;
use std::{fs, iter};

use serde_json::Value;

use crate::server::{self, Profile};
use crate::{Outcome, frontend, process};

const HEAD: &str =
    "// Written by `cargo xtask types` from the server's OpenAPI document; change the server, not this file.\n";

/// Builds the program and writes the types it describes.
pub fn write() -> Outcome {
    process::run(&mut server::build(Profile::Dev))?;
    let file = file();
    fs::create_dir_all(file.parent().unwrap_or(&file))?;
    Ok(fs::write(&file, fresh()?)?)
}

/// Fails when the types at hand are not those of the built program.
pub fn check() -> Outcome {
    let at_hand = fs::read_to_string(file()).unwrap_or_default();
    let fresh = fresh()?;
    if at_hand == fresh {
        return Ok(());
    }
    let differing = at_hand.lines().chain(iter::repeat("")).zip(fresh.lines()).position(|(old, new)| old != new);
    let line = differing.unwrap_or(fresh.lines().count()) + 1;
    Err(format!("{} is stale from line {line} on: run `cargo xtask types`", file().display()).into())
}

fn file() -> PathBuf {
    frontend::folder().join("src/api/types.ts")
}

fn fresh() -> Outcome<String> {
    let mut openapi = Command::new(server::program(Profile::Dev)?);
    let document = process::output(server::without_settings(openapi.arg("openapi")))?;
    let document: Value =
        serde_json::from_str(&document).map_err(|e| format!("the OpenAPI document is no JSON: {e}"))?;
    typescript(&document)
}

/// The types of a document, in the order of their names.
fn typescript(document: &Value) -> Outcome<String> {
    let schemas = document["components"]["schemas"].as_object().ok_or("the OpenAPI document has no schemas")?;
    let mut text = HEAD.to_owned();
    for (name, schema) in schemas.iter().collect::<BTreeMap<_, _>>() {
        text.push('\n');
        comment(&mut text, schema, "");
        let name = identifier(name);
        if is_record(schema) {
            writeln!(text, "export interface {name} {}", record(schema, "")?)?;
        } else {
            writeln!(text, "export type {name} = {};", kind(schema, "")?)?;
        }
    }
    Ok(text)
}

/// Whether a schema is one plain object with named fields.
fn is_record(schema: &Value) -> bool {
    let is_composed = ["oneOf", "anyOf", "allOf", "$ref"].into_iter().any(|key| schema.get(key).is_some());
    schema["type"] == "object" && schema.get("properties").is_some() && !is_composed
}

fn record(schema: &Value, indent: &str) -> Outcome<String> {
    let inner = format!("{indent}  ");
    let empty = serde_json::Map::new();
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut text = "{\n".to_owned();
    for (name, field) in schema["properties"].as_object().unwrap_or(&empty).iter().collect::<BTreeMap<_, _>>() {
        comment(&mut text, field, &inner);
        let mark = if required.contains(&name.as_str()) { "" } else { "?" };
        let key = if identifier(name) == *name { name.clone() } else { serde_json::to_string(name)? };
        writeln!(text, "{inner}readonly {key}{mark}: {};", kind(field, &inner)?)?;
    }
    match &schema["additionalProperties"] {
        Value::Null | Value::Bool(false) => {}
        values => writeln!(text, "{inner}readonly [key: string]: {};", kind(values, &inner)?)?,
    }
    write!(text, "{indent}}}")?;
    Ok(text)
}

/// The type that a schema stands for.
fn kind(schema: &Value, indent: &str) -> Outcome<String> {
    if let Some(name) = schema["$ref"].as_str() {
        return Ok(identifier(name.rsplit('/').next().unwrap_or(name)));
    }
    if let Some(words) = schema["enum"].as_array() {
        return joined(words.iter().map(|word| Ok(word.to_string())), " | ");
    }
    if let Some(word) = schema.get("const") {
        return Ok(word.to_string());
    }
    for (key, between) in [("oneOf", " | "), ("anyOf", " | "), ("allOf", " & ")] {
        if let Some(parts) = schema[key].as_array() {
            let whole = joined(parts.iter().map(|part| kind(part, indent)), between)?;
            return Ok(if is_record(&without(schema, key)) {
                format!("({whole}) & {}", record(schema, indent)?)
            } else {
                whole
            });
        }
    }
    match &schema["type"] {
        Value::Array(kinds) => {
            let one = |of: &Value| {
                let mut schema = schema.clone();
                schema["type"] = of.clone();
                kind(&schema, indent)
            };
            joined(kinds.iter().map(one), " | ")
        }
        Value::String(of) => match of.as_str() {
            "string" => Ok("string".to_owned()),
            "integer" | "number" => Ok("number".to_owned()),
            "boolean" => Ok("boolean".to_owned()),
            "null" => Ok("null".to_owned()),
            "array" => list(schema, indent),
            "object" if schema.get("properties").is_some() => record(schema, indent),
            "object" => match &schema["additionalProperties"] {
                Value::Null | Value::Bool(_) => Ok("Readonly<Record<string, unknown>>".to_owned()),
                values => Ok(format!("Readonly<Record<string, {}>>", kind(values, indent)?)),
            },
            other => Err(format!("the OpenAPI document has a type that is not known here: {other}").into()),
        },
        _ => Ok("unknown".to_owned()),
    }
}

fn list(schema: &Value, indent: &str) -> Outcome<String> {
    if let Some(items) = schema["prefixItems"].as_array() {
        return Ok(format!("readonly [{}]", joined(items.iter().map(|item| kind(item, indent)), ", ")?));
    }
    let item = match &schema["items"] {
        Value::Null | Value::Bool(_) => "unknown".to_owned(),
        items => kind(items, indent)?,
    };
    let length = |key: &str| schema[key].as_u64().filter(|length| *length <= 8);
    if let (Some(least), Some(most)) = (length("minItems"), length("maxItems"))
        && least == most
    {
        let items = iter::repeat_n(item, usize::try_from(least)?).collect::<Vec<_>>();
        return Ok(format!("readonly [{}]", items.join(", ")));
    }
    Ok(if item.contains([' ', '&', '|']) { format!("readonly ({item})[]") } else { format!("readonly {item}[]") })
}

/// Parts put together, each once, in their order, an inner union or list in brackets where it needs them.
fn joined(parts: impl Iterator<Item = Outcome<String>>, between: &str) -> Outcome<String> {
    let mut whole: Vec<String> = Vec::new();
    for part in parts {
        let part = part?;
        let part = if between == " & " && part.contains(" | ") { format!("({part})") } else { part };
        if !whole.contains(&part) {
            whole.push(part);
        }
    }
    Ok(whole.join(between))
}

fn without(schema: &Value, key: &str) -> Value {
    let mut schema = schema.clone();
    if let Some(fields) = schema.as_object_mut() {
        fields.remove(key);
    }
    schema
}

fn comment(text: &mut String, schema: &Value, indent: &str) {
    let Some(words) = schema["description"].as_str() else { return };
    let words = words.trim().replace("*/", "* /");
    if words.contains('\n') {
        let lines: Vec<String> = words.lines().map(|line| format!("{indent} * {line}").trim_end().to_owned()).collect();
        text.extend([indent, "/**\n", &lines.join("\n"), "\n", indent, " */\n"]);
    } else {
        text.extend([indent, "/** ", &words, " */\n"]);
    }
}

/// A name as TypeScript takes it.
fn identifier(name: &str) -> String {
    let mut text: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "_$".contains(c) { c } else { '_' }).collect();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        text.insert(0, '_');
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{HEAD, typescript};

    #[test]
    fn a_document_becomes_readonly_types_in_the_order_of_their_names() {
        let document = json!({"components": {"schemas": {
            "Pin": {"type": "object", "description": "A feeling at a point.", "required": ["feeling", "at", "themes"], "properties": {
                "themes": {"type": "array", "items": {"$ref": "#/components/schemas/Theme"}, "description": "At most three."},
                "feeling": {"type": "string", "enum": ["safe", "unsafe"]},
                "intensity": {"type": ["integer", "null"]},
                "at": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
            }},
            "Theme": {"type": "string", "enum": ["light", "sight"]},
            "Basemap": {"oneOf": [
                {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "archive"}}},
                {"allOf": [{"$ref": "#/components/schemas/Raster"}, {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": ["raster"]}}}]},
                {"type": "null"},
            ]},
            "Raster": {"type": "object", "properties": {"max-zoom": {"type": "integer"}}, "additionalProperties": false},
            "Labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "Either": {"type": "array", "items": {"type": ["string", "null"]}},
        }}});
        let expected = r#"
export type Basemap = {
  readonly kind: "archive";
} | Raster & {
  readonly kind: "raster";
} | null;

export type Either = readonly (string | null)[];

export type Labels = Readonly<Record<string, string>>;

/** A feeling at a point. */
export interface Pin {
  readonly at: readonly [number, number];
  readonly feeling: "safe" | "unsafe";
  readonly intensity?: number | null;
  /** At most three. */
  readonly themes: readonly Theme[];
}

export interface Raster {
  readonly "max-zoom"?: number;
}

export type Theme = "light" | "sight";
"#;
        assert_eq!(typescript(&document).unwrap(), format!("{HEAD}{expected}"));
    }

    #[test]
    fn a_document_without_schemas_is_an_error() {
        assert!(typescript(&json!({"openapi": "3.1.0"})).is_err());
    }
}
