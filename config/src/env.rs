//! Settings from environment variables: `CONSILIUM__SECTION__KEY`, read by the schema of [`Config`].
//!
//! The schema says what a value is, so that a secret of digits stays a text; and a variable that names no setting is refused like an unknown key.
//! A tenant's slug is written with `_` for `-`: `CONSILIUM__TENANTS__DEMO_CLINIC__SERVER_NAME`.
//! Lists are TOML (`["a", "b"]`) or, of texts, parted by commas (`a,b`).

use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};
use serde_json::Value as Schema;

use crate::check::Findings;
use crate::{Config, Problem};

/// What the names of all our variables begin with.
pub(crate) const PREFIX: &str = "CONSILIUM__";

/// One setting from one variable.
pub(crate) struct Setting {
    variable: String,
    path: Vec<String>,
    value: Value,
}

impl Provider for Setting {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.variable.clone())
    }

    fn data(&self) -> figment::Result<Map<Profile, Dict>> {
        let nested =
            self.path.iter().rev().fold(self.value.clone(), |value, key| Dict::from([(key.clone(), value)]).into());
        Ok(Map::from([(Profile::Default, nested.into_dict().unwrap_or_default())]))
    }
}

/// The settings among `environment`; a variable of ours that names none is a problem.
pub(crate) fn settings(environment: impl IntoIterator<Item = (String, String)>) -> Result<Vec<Setting>, Vec<Problem>> {
    let root = schemars::schema_for!(Config).to_value();
    let mut found = Findings::default();
    let mut settings = Vec::new();
    let ours = environment.into_iter().filter(|(variable, _)| variable.starts_with(PREFIX));
    for (variable, text) in ours {
        if let Some((path, schema)) = locate(&root, &variable[PREFIX.len()..]) {
            settings.push(Setting { value: parse(&root, schema, &text), variable, path });
        } else {
            let key = format!("environment variable {variable}");
            found.add(&key, "it names no setting", "Unset it, or see config/REFERENCE.md for the names.");
        }
    }
    let problems = found.into_problems();
    if problems.is_empty() { Ok(settings) } else { Err(problems) }
}

/// The path of keys that a variable means, and the schema of what stands there.
fn locate<'a>(root: &'a Schema, name: &str) -> Option<(Vec<String>, &'a Schema)> {
    let mut schema = root;
    let mut path = Vec::new();
    for part in name.split("__") {
        let part = part.to_ascii_lowercase();
        let object = resolve(root, schema);
        if let Some(property) = object.get("properties").and_then(|properties| properties.get(&part)) {
            schema = property;
            path.push(part);
        } else {
            schema = object.get("additionalProperties").filter(|values| values.is_object())?;
            path.push(part.replace('_', "-"));
        }
    }
    let section = resolve(root, schema);
    let is_section =
        section.get("properties").is_some() || section.get("additionalProperties").is_some_and(Schema::is_object);
    (!is_section || is_table(section)).then_some((path, schema))
}

/// A small struct all of whose keys are needed, such as a rate limit, is one value: a TOML inline table.
pub(crate) fn is_table(section: &Schema) -> bool {
    let properties = section.get("properties").and_then(Schema::as_object).map_or(0, serde_json::Map::len);
    let required = section.get("required").and_then(Schema::as_array).map_or(0, Vec::len);
    properties > 0 && required == properties
}

/// Follows a reference, and an option to what it is an option of.
pub(crate) fn resolve<'a>(root: &'a Schema, schema: &'a Schema) -> &'a Schema {
    if let Some(reference) = schema.get("$ref").and_then(Schema::as_str) {
        let target = reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        return target.map_or(schema, |target| resolve(root, target));
    }
    let options = schema.get("anyOf").and_then(Schema::as_array);
    let some = options
        .and_then(|options| options.iter().find(|option| option.get("type").and_then(Schema::as_str) != Some("null")));
    some.map_or(schema, |some| resolve(root, some))
}

/// `text` as the schema wants it; a text that does not fit stays one, and the types refuse it with the key.
fn parse(root: &Schema, schema: &Schema, text: &str) -> Value {
    let schema = resolve(root, schema);
    let kind = match schema.get("type") {
        Some(Schema::String(kind)) => kind.as_str(),
        Some(Schema::Array(kinds)) => {
            kinds.iter().filter_map(Schema::as_str).find(|kind| *kind != "null").unwrap_or_default()
        }
        _ => "string",
    };
    let toml = || toml::from_str::<Dict>(&format!("value = {text}")).ok().and_then(|mut table| table.remove("value"));
    match kind {
        "string" => text.into(),
        "array" if !text.trim_start().starts_with('[') => {
            text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(Value::from).collect::<Vec<_>>().into()
        }
        _ => toml().unwrap_or_else(|| text.into()),
    }
}
