//! Features of the homeserver use one another's services: without a circle, and never one another's store.
//!
//! A feature is a folder or file of `homeserver/src` that is not part of the frame. What a feature uses is read from `crate::<feature>::`.

use std::collections::{BTreeMap, BTreeSet};

use crate::Tree;

const SOURCE: &str = "homeserver/src/";
/// What holds the features together: it may know all of them, and all of them may know it.
const FRAME: [&str; 12] = [
    "lib",
    "server",
    "tenant",
    "router",
    "context",
    "ids",
    "keyspaces",
    "policy",
    "secrets",
    "http",
    "writer",
    "metrics",
];

type Uses = BTreeMap<String, BTreeSet<String>>;

/// Circles among features, and uses of another feature's store.
pub fn check(tree: &Tree) -> Vec<String> {
    let files: Vec<(&str, &str, &str)> = tree
        .all()
        .filter_map(|(path, text)| Some((path, feature(path.strip_prefix(SOURCE)?.strip_suffix(".rs")?), text)))
        .collect();
    let names: BTreeSet<&str> = files.iter().map(|(_, name, _)| *name).filter(|name| !FRAME.contains(name)).collect();
    let mut uses = Uses::new();
    let mut found = Vec::new();
    for (path, name, text) in files.iter().filter(|(_, name, _)| names.contains(name)) {
        for other in names.iter().filter(|other| *other != name && mentions(text, other)) {
            uses.entry((*name).to_owned()).or_default().insert((*other).to_owned());
            if text.contains(&format!("crate::{other}::store::")) {
                found.push(format!("{path}: uses the store of `{other}`; call its service"));
            }
        }
    }
    if let Some(circle) = circle(&uses) {
        found.push(format!("{SOURCE}: features use one another in a circle: {}", circle.join(" → ")));
    }
    found
}

/// `room/routes` and `room` are the feature `room`.
fn feature(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Whether the code (not its comments) names `crate::<feature>` outside its tests.
fn mentions(text: &str, feature: &str) -> bool {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let joined: String = lines.collect::<Vec<_>>().join("\n");
    joined.contains(&format!("crate::{feature}::")) || grouped(&joined).contains(feature)
}

/// Names at the first level of `use crate::{a, b::{c}, …};`.
fn grouped(code: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for group in code.split("use crate::{").skip(1) {
        let mut depth = 0_usize;
        let mut start = 0;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    names.insert(group[start..at].trim().split("::").next().unwrap_or_default());
                    start = at + 1;
                    if letter == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    names
}

/// One circle, its first name repeated at the end.
fn circle(uses: &Uses) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    uses.keys().find_map(|start| walk(uses, start, &mut Vec::new(), &mut done))
}

fn walk(uses: &Uses, name: &str, path: &mut Vec<String>, done: &mut BTreeSet<String>) -> Option<Vec<String>> {
    if let Some(at) = path.iter().position(|before| before == name) {
        return Some(path[at..].iter().cloned().chain([name.to_owned()]).collect());
    }
    if done.contains(name) {
        return None;
    }
    path.push(name.to_owned());
    let found = uses.get(name).into_iter().flatten().find_map(|next| walk(uses, next, path, done));
    path.pop();
    done.insert(name.to_owned());
    found
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::Tree;

    #[test]
    fn features_have_no_circle() {
        let tree = Tree::of_repository().expect("the repository is readable");
        assert_eq!(check(&tree), [""; 0]);
    }

    #[test]
    fn a_circle_is_found_however_it_is_written() {
        let tree = Tree::of([
            ("homeserver/src/room/service.rs", "use crate::{\n    http::error,\n    push::{Rules, rows},\n};\n"),
            ("homeserver/src/push.rs", "//! crate::room\nuse crate::sync::feed;\n"),
            ("homeserver/src/sync/feed.rs", "fn f() { crate::room::x() }\n"),
        ]);
        let found = check(&tree);
        assert!(found.len() == 1 && found[0].contains("push → sync → room → push"), "{found:?}");
    }

    #[test]
    fn comments_tests_and_the_frame_make_no_circle() {
        let tree = Tree::of([
            ("homeserver/src/room.rs", "use crate::tenant::Tenant;\nuse crate::push::rows;\n"),
            ("homeserver/src/push.rs", "// see crate::room::x\n#[cfg(test)]\nmod tests { use crate::room::y; }\n"),
            ("homeserver/src/tenant.rs", "use crate::room::Rooms;\n"),
        ]);
        assert_eq!(check(&tree), [""; 0]);
    }

    #[test]
    fn the_use_of_anothers_store_is_found() {
        let tree = Tree::of([
            ("homeserver/src/room/store.rs", "pub fn put() {}\n"),
            ("homeserver/src/sync.rs", "use crate::room::store::put;\n"),
        ]);
        assert_eq!(check(&tree).len(), 1);
    }
}
