//! The dependency rule: who may link whom, read from the manifests.
//!
//! `clients → HTTP → {homeserver, consultation service}`; the consultation service and bridges never link the homeserver, they speak its public
//! APIs; event and store know nothing of HTTP or configuration; one crate names each database and each SDK.

use crate::Tree;

/// Crates that a package must not depend on, by the folder of its manifest.
const FORBIDDEN: [(&str, &[&str]); 8] = [
    ("homeserver", &["consilium-consult", "consilium-keeper", "consilium-appservice", "rocksdb", "rusqlite", "sqlx"]),
    (
        "homeserver/event",
        &["consilium-config", "consilium-store", "axum", "hyper", "http", "reqwest", "tokio", "rocksdb", "figment"],
    ),
    (
        "homeserver/store",
        &["consilium-config", "consilium-event", "axum", "hyper", "http", "reqwest", "ruma", "figment"],
    ),
    (
        "appservice-consult",
        &["consilium-homeserver", "consilium-event", "consilium-store", "rocksdb", "matrix-sdk-crypto", "ruma16"],
    ),
    (
        "appservice-consult/keeper",
        &["consilium-homeserver", "consilium-event", "consilium-store", "consilium-consult", "rocksdb"],
    ),
    (
        "bridges/appservice",
        &["consilium-homeserver", "consilium-event", "consilium-store", "consilium-consult", "rocksdb"],
    ),
    (
        "bridges/crm",
        &[
            "consilium-homeserver",
            "consilium-event",
            "consilium-store",
            "consilium-consult",
            "consilium-keeper",
            "rocksdb",
            "sqlx",
            "ruma",
        ],
    ),
    (
        "config",
        &["consilium-homeserver", "consilium-consult", "consilium-store", "consilium-event", "axum", "tokio", "ruma"],
    ),
];

/// Crates that only these folders' manifests may name. `tests/unify` names all, so that features are resolved once.
const ONLY: [(&str, &[&str]); 4] = [
    ("rocksdb", &["homeserver/store"]),
    ("matrix-sdk-crypto", &["appservice-consult/keeper"]),
    ("matrix-sdk-sqlite", &["appservice-consult/keeper"]),
    ("ruma16", &["appservice-consult/keeper"]),
];

/// Dependencies against the rule.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.with_ending(&["/Cargo.toml"]) {
        let folder = path.trim_end_matches("/Cargo.toml");
        let Ok(manifest) = text.parse::<toml::Table>() else {
            found.push(format!("{path}: is not TOML"));
            continue;
        };
        let linked: Vec<&String> = dependencies(&manifest, "dependencies").collect();
        let forbidden = FORBIDDEN.iter().filter(|(whose, _)| *whose == folder).flat_map(|(_, names)| *names);
        for name in forbidden.filter(|name| linked.iter().any(|linked| linked == *name)) {
            found.push(format!("{path}: must not depend on {name}"));
        }
        let only = ONLY.iter().filter(|(_, owners)| !owners.contains(&folder) && folder != "tests/unify");
        for (name, owners) in only.filter(|(name, _)| linked.iter().any(|linked| linked == name)) {
            found.push(format!("{path}: only {} may depend on {name}", owners.join(", ")));
        }
        for key in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let table = manifest.get(key).and_then(toml::Value::as_table);
            let outside = table.into_iter().flatten().filter(|(_, value)| value.get("workspace").is_none());
            found.extend(outside.map(|(name, _)| {
                format!("{path}: {name} has a version of its own; name it in the root's workspace.dependencies")
            }));
        }
    }
    found
}

fn dependencies<'a>(manifest: &'a toml::Table, key: &str) -> impl Iterator<Item = &'a String> {
    manifest.get(key).and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::Tree;

    #[test]
    fn packages_link_only_what_they_may() {
        let tree = Tree::of_repository().expect("the repository is readable");
        assert_eq!(check(&tree), [""; 0]);
    }

    #[test]
    fn a_forbidden_dependency_is_found() {
        let tree = Tree::of([
            ("appservice-consult/Cargo.toml", "[dependencies]\nconsilium-homeserver.workspace = true\n"),
            ("tests/load/Cargo.toml", "[dependencies]\nrocksdb.workspace = true\n"),
            ("config/Cargo.toml", "[dependencies]\nserde = \"1\"\n"),
            ("bridges/crm/Cargo.toml", "[dependencies]\nconsilium-consult.workspace = true\n"),
            ("homeserver/Cargo.toml", "[dependencies]\nruma.workspace = true\n"),
        ]);
        assert_eq!(check(&tree).len(), 4, "{:?}", check(&tree));
    }
}
