//! What differs between two contents of a section, field by field. Pure.

use std::collections::BTreeSet;

use serde_json::Value;

/// A field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where it stands, such as `name.en`, `sections[advice].required` or `items[signs].options[rash].text.en`.
    pub field: String,
    /// What stood there; `None`: nothing.
    pub before: Option<Value>,
    /// What stands there.
    pub after: Option<Value>,
}

/// What differs, in the order of the fields. A list of named things is compared thing by thing, any other list as a whole.
pub fn differences(before: Option<&Value>, after: Option<&Value>) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", before, after, &mut found);
    found
}

fn compare(field: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    let (before, after) = (before.filter(|value| !value.is_null()), after.filter(|value| !value.is_null()));
    if before == after {
        return;
    }
    match (before.unwrap_or(&Value::Null), after.unwrap_or(&Value::Null)) {
        (Value::Object(old), Value::Object(new)) => {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                let place = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
                compare(&place, old.get(name), new.get(name), found);
            }
        }
        (Value::Array(old), Value::Array(new)) if is_named(old) && is_named(new) => {
            let (old_names, new_names) = (names(old), names(new));
            let of = |list: &[Value], name: &str| list.iter().find(|thing| name_of(thing) == Some(name)).cloned();
            let all = old_names.iter().chain(new_names.iter().filter(|name| !old_names.contains(name)));
            for name in all {
                let place = format!("{field}[{name}]");
                compare(&place, of(old, name).as_ref(), of(new, name).as_ref(), found);
            }
            let kept = |names: &[String], others: &[String]| {
                names.iter().filter(|name| others.contains(name)).cloned().collect::<Vec<_>>()
            };
            if kept(&old_names, &new_names) != kept(&new_names, &old_names) {
                let (before, after) = (Some(old_names.into()), Some(new_names.into()));
                found.push(Difference { field: format!("{field}[order]"), before, after });
            }
        }
        _ => found.push(Difference { field: field.to_owned(), before: before.cloned(), after: after.cloned() }),
    }
}

fn name_of(thing: &Value) -> Option<&str> {
    ["code", "link_id", "id"].iter().find_map(|name| thing.get(name)).and_then(Value::as_str)
}

fn is_named(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(|thing| name_of(thing).is_some())
}

fn names(list: &[Value]) -> Vec<String> {
    list.iter().filter_map(name_of).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::differences;

    fn told(before: &Value, after: &Value) -> Vec<(String, Value, Value)> {
        let told = differences(Some(before), Some(after)).into_iter();
        told.map(|one| (one.field, one.before.unwrap_or_default(), one.after.unwrap_or_default())).collect()
    }

    #[test]
    fn fields_are_told_with_what_stood_there_and_what_stands_there() {
        let before = json!({ "name": { "en": "A", "ru": "А" }, "hours": [1], "price": null });
        let after = json!({ "name": { "en": "B", "ru": "А" }, "hours": [1, 2], "price": 3 });
        let expected = [
            ("hours".to_owned(), json!([1]), json!([1, 2])),
            ("name.en".to_owned(), json!("A"), json!("B")),
            ("price".to_owned(), Value::Null, json!(3)),
        ];
        assert_eq!(told(&before, &after), expected);
        assert_eq!(told(&before, &before), []);
    }

    #[test]
    fn sections_are_compared_by_their_code_and_their_order_is_told_apart() {
        let section = |code: &str, required: bool| json!({ "code": code, "required": required });
        let before = json!({ "sections": [section("a", false), section("b", false), section("c", false)] });
        let after = json!({ "sections": [section("b", true), section("a", false), section("d", false)] });
        let fields: Vec<_> = told(&before, &after).into_iter().map(|(field, ..)| field).collect();
        assert_eq!(fields, ["sections[b].required", "sections[c]", "sections[d]", "sections[order]"]);
    }

    #[test]
    fn questions_are_compared_by_their_link_id_down_to_their_options() {
        let option = |code: &str, red_flag: bool| json!({ "code": code, "red_flag": red_flag });
        let item = |link_id: &str, options: Vec<Value>| json!({ "link_id": link_id, "options": options });
        let before =
            json!({ "items": [item("age", vec![]), item("signs", vec![option("a", false), option("b", false)])] });
        let after =
            json!({ "items": [item("signs", vec![option("b", true), option("a", false)]), item("age", vec![])] });
        let fields: Vec<_> = told(&before, &after).into_iter().map(|(field, ..)| field).collect();
        assert_eq!(fields, ["items[signs].options[b].red_flag", "items[signs].options[order]", "items[order]"]);
    }

    #[test]
    fn what_was_not_there_is_told_as_a_whole() {
        let whole = differences(None, Some(&json!({ "name": 1 })));
        assert_eq!((whole.len(), whole[0].field.as_str(), &whole[0].before), (1, "", &None));
    }
}
