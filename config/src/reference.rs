//! The generated reference: example files, JSON Schemas and `REFERENCE.md`, all made from the types and their doc comments.
//!
//! `make gen` writes them, a test of this crate finds a stale one. Nothing here is written by hand twice: a setting is explained at its field.

use std::fmt::Write as _;

use schemars::Schema;
use serde_json::Value;

use crate::brand::palette::Palettes;
use crate::brand::{Brand, Color, Colors};
use crate::{Config, env};

/// A file that is made from the types: its path below `config/` and its content.
pub struct Generated {
    /// Path below `config/`.
    pub path: &'static str,
    /// The whole content.
    pub content: String,
}

/// All generated files.
pub fn files() -> Vec<Generated> {
    let config = schemars::schema_for!(Config);
    let brand = schemars::schema_for!(Brand);
    vec![
        Generated { path: "consilium.example.toml", content: example(&config, EXAMPLE_HEAD, "consilium.schema.json") },
        Generated { path: "brand.example.toml", content: example(&brand, BRAND_HEAD, "brand.schema.json") },
        Generated { path: "consilium.schema.json", content: pretty(&config) },
        Generated { path: "brand.schema.json", content: pretty(&brand) },
        Generated { path: "REFERENCE.md", content: reference(&config, &brand) },
        Generated { path: "brands/tokens.fixture.json", content: tokens() },
    ]
}

const EXAMPLE_HEAD: &str = "\
# Every setting of Consilium with its default. Generated from the types: change `config/src`, then `make gen`.
# A line that begins with `#` and a key shows the default; uncomment it to change it.
# Each setting can also be given by environment variable; REFERENCE.md has the names.
";

const BRAND_HEAD: &str = "\
# Every key of a brand's brand.toml. Generated from the types: change `config/src/brand`, then `make gen`.
# A line that begins with `#` and a key shows the default; uncomment it to change it. Two whole brands are in `brands/`.
";

const REFERENCE_HEAD: &str = "\
# Settings

Generated from the types in `config/src`; change a doc comment there, then `make gen`.

`consilium serve --config consilium.toml` reads one file. Each of its settings can also be given by environment variable, which counts more
than the file: `CONSILIUM__`, then the keys in capitals, parted by two underscores. In a tenant's slug `-` becomes `_`. Lists are TOML
(`[\"a\", \"b\"]`) or, of texts, parted by commas. Relative paths count from the folder of the file.

An unknown key, a wrong value or a contradictory pair is refused at start, with the key and the remedy.
";

fn pretty(schema: &Schema) -> String {
    // Serialising a JSON value cannot fail.
    let mut text = serde_json::to_string_pretty(schema).expect("a JSON value is JSON");
    text.push('\n');
    text
}

/// One table of a file: `[http]`, `[tenants.<slug>.origins]`, `[[queues]]`.
struct Section {
    /// Keys that lead to it; empty at the top.
    path: Vec<String>,
    /// Whether it stands in a list of such tables.
    repeated: bool,
    doc: String,
    settings: Vec<Setting>,
}

/// One key of a section.
struct Setting {
    key: String,
    doc: String,
    kind: String,
    /// What the example shows: the default, or an example where a value must be given.
    shown: Option<Value>,
    needed: bool,
}

fn sections(schema: &Schema) -> Vec<Section> {
    let mut all = Vec::new();
    collect(schema.as_value(), schema.as_value(), Vec::new(), false, &mut all);
    all
}

fn collect(root: &Value, schema: &Value, path: Vec<String>, repeated: bool, all: &mut Vec<Section>) {
    let object = env::resolve(root, schema);
    let doc = text(schema, "description").or_else(|| text(object, "description")).unwrap_or_default();
    let at = all.len();
    all.push(Section { path: path.clone(), repeated, doc, settings: Vec::new() });
    let Some(properties) = object.get("properties").and_then(Value::as_object) else { return };
    for (key, property) in properties {
        let target = env::resolve(root, property);
        let below =
            |more: &[&str]| path.iter().map(String::as_str).chain(more.iter().copied()).map(str::to_owned).collect();
        let values = target
            .get("additionalProperties")
            .map(|values| env::resolve(root, values))
            .filter(|values| has_keys(values));
        let items = target.get("items").map(|items| env::resolve(root, items)).filter(|items| has_keys(items));
        if let Some(values) = values {
            collect(root, values, below(&[key, "<slug>"]), false, all);
        } else if let Some(items) = items.filter(|_| key != "thumbnail_sizes") {
            collect(root, items, below(&[key]), true, all);
        } else if has_keys(target) && !env::is_table(target) {
            collect(root, property, below(&[key]), false, all);
        } else {
            all[at].settings.push(setting(root, object, key, property));
        }
    }
}

fn has_keys(schema: &Value) -> bool {
    schema.get("properties").is_some()
}

fn setting(root: &Value, object: &Value, key: &str, property: &Value) -> Setting {
    let target = env::resolve(root, property);
    let required = object.get("required").and_then(Value::as_array);
    let example = |schema: &Value| schema.get("examples").and_then(|examples| examples.get(0)).cloned();
    Setting {
        key: key.to_owned(),
        doc: text(property, "description").or_else(|| text(target, "description")).unwrap_or_default(),
        kind: kind(root, target),
        shown: example(property).or_else(|| property.get("default").filter(|value| !value.is_null()).cloned()),
        needed: required.is_some_and(|required| required.iter().any(|known| known == key)),
    }
}

/// Doc comments are wrapped at the width of the code; here they are one line.
fn text(schema: &Value, key: &str) -> Option<String> {
    Some(schema.get(key)?.as_str()?.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn kind(root: &Value, schema: &Value) -> String {
    let variants = |key: &str| schema.get(key).and_then(Value::as_array);
    if let Some(values) = variants("enum") {
        return values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ");
    }
    if let Some(values) = variants("oneOf") {
        let names = values.iter().filter_map(|value| value.get("const"));
        return names.map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ");
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default()
        }
        Some(Value::String(kind)) => kind,
        _ => "",
    };
    match kind {
        "array" => format!("list of {}", schema.get("items").map_or(String::new(), |items| kind_of(root, items))),
        "object" => "table".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        other => other.to_owned(),
    }
}

fn kind_of(root: &Value, schema: &Value) -> String {
    kind(root, env::resolve(root, schema))
}

fn example(schema: &Schema, head: &str, schema_file: &str) -> String {
    let mut out = format!("#:schema ./{schema_file}\n{head}");
    for section in sections(schema) {
        if !section.path.is_empty() {
            let path = section.path.join(".").replace("<slug>", "clinic");
            let name = if section.repeated { format!("[[{path}]]") } else { format!("[{path}]") };
            let _ = write!(out, "\n{}{name}\n", comment(&section.doc));
        }
        for setting in section.settings {
            let Some(value) = &setting.shown else {
                let _ = write!(out, "\n{}# {} =\n", comment(&setting.doc), setting.key);
                continue;
            };
            let hash = if setting.needed { "" } else { "# " };
            let _ = write!(out, "\n{}{hash}{} = {}\n", comment(&setting.doc), setting.key, toml_value(value));
        }
    }
    out
}

/// `text` as comment lines of at most 120 characters.
fn comment(text: &str) -> String {
    let mut lines = vec!["#".to_owned()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("it begins with one line");
        if line.chars().count() + 1 + word.chars().count() > 120 {
            lines.push(format!("# {word}"));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.iter().fold(String::new(), |out, line| out + line + "\n")
}

/// A JSON value as TOML writes it on one line.
fn toml_value(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let pairs = table.iter().map(|(key, value)| format!("{} = {}", toml_key(key), toml_value(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(toml_value).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

fn toml_key(key: &str) -> String {
    let bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { key.to_owned() } else { format!("\"{key}\"") }
}

fn reference(config: &Schema, brand: &Schema) -> String {
    let mut out = REFERENCE_HEAD.to_owned();
    for section in sections(config) {
        describe(&mut out, &section, Environment::Named);
    }
    out.push_str("\n# brand.toml\n\nThe brand folder's file. It has no environment variables: a brand is a folder.\n");
    for section in sections(brand) {
        describe(&mut out, &section, Environment::None);
    }
    out
}

/// Whether the settings of a section have environment variables.
#[derive(Clone, Copy)]
enum Environment {
    Named,
    None,
}

fn describe(out: &mut String, section: &Section, environment: Environment) {
    if section.settings.is_empty() {
        return;
    }
    let path = section.path.join(".");
    if section.path.is_empty() {
        out.push_str("\n## At the top\n");
    } else {
        let name = if section.repeated { format!("[[{path}]]") } else { format!("[{path}]") };
        let _ = write!(out, "\n## `{name}`\n\n{}\n", section.doc);
    }
    out.push('\n');
    for setting in &section.settings {
        let needed = if setting.needed { ", needed" } else { "" };
        let _ = writeln!(out, "- **`{}`** ({}{needed}): {}", setting.key, setting.kind, setting.doc);
        if let Environment::Named = environment {
            let keys = section.path.iter().chain([&setting.key]);
            let name = keys.map(|key| key.to_uppercase().replace('-', "_")).collect::<Vec<_>>().join("__");
            let _ = writeln!(out, "  `{}{name}`", env::PREFIX);
        }
    }
}

/// Colours and the palettes derived from them, for the apps' own test.
fn tokens() -> String {
    let samples = [
        (Color::rgb(0x0b, 0x6e, 0x5f), Color::rgb(0xb4, 0x53, 0x09)),
        (Color::rgb(0x7a, 0x1f, 0x3d), Color::rgb(0x8a, 0x6a, 0x1f)),
        (Color::rgb(0x1d, 0x4e, 0xd8), Color::rgb(0x0f, 0x76, 0x6e)),
        (Color::rgb(0x33, 0x33, 0x33), Color::rgb(0x55, 0x55, 0x55)),
        (Color::rgb(0x00, 0x00, 0x00), Color::rgb(0xff, 0x00, 0x00)),
    ];
    let rows = samples.map(|(brand, accent)| {
        let palettes = Palettes::derive(&Colors { brand, accent });
        serde_json::json!({ "colors": { "brand": brand, "accent": accent }, "light": palettes.light, "dark": palettes.dark })
    });
    let mut text = serde_json::to_string_pretty(&rows).expect("plain values are JSON");
    text.push('\n');
    text
}
