//! Some things are named only by the files that own them, so that a reader knows where to look and a change stays in one place.

use crate::Tree;

/// A text, what it is, where it is looked for, and the files that may hold it.
struct Owned {
    text: &'static str,
    what: &'static str,
    under: &'static str,
    owners: &'static [&'static str],
}

const OWNED: [Owned; 10] = [
    Owned {
        text: "rocksdb::",
        what: "the database",
        under: "",
        owners: &["homeserver/store/src/engine/", "homeserver/store/tests/"],
    },
    Owned {
        text: "Table {",
        what: "a persisted table",
        under: "homeserver/src/",
        owners: &["homeserver/src/keyspaces.rs"],
    },
    Owned {
        text: ".route(",
        what: "a route",
        under: "homeserver/src/",
        owners: &["homeserver/src/router.rs", "homeserver/src/http/matrix.rs"],
    },
    Owned { text: "matrix_sdk_crypto::", what: "the crypto SDK", under: "", owners: &["appservice-consult/keeper/"] },
    Owned { text: "ruma16::", what: "the SDK's Matrix types", under: "", owners: &["appservice-consult/keeper/"] },
    Owned { text: "from \"matrix-js-sdk", what: "the Matrix SDK", under: "clients/", owners: &["clients/kit/matrix/"] },
    Owned { text: "from \"livekit-client", what: "the media SDK", under: "clients/", owners: &["clients/kit/matrix/"] },
    Owned {
        text: "SystemTime::now",
        what: "the clock",
        under: "homeserver/src/",
        owners: &["homeserver/src/context.rs"],
    },
    Owned {
        text: "SystemTime::now",
        what: "the clock",
        under: "appservice-consult/src/",
        owners: &["appservice-consult/src/context.rs"],
    },
    Owned {
        text: "SystemTime::now",
        what: "the clock",
        under: "bridges/crm/src/",
        owners: &["bridges/crm/src/context.rs"],
    },
];

/// Uses outside the owning files.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.with_ending(&[".rs", ".ts", ".tsx"]).filter(|(path, _)| !path.starts_with("tests/tidy/")) {
        for owned in OWNED.iter().filter(|owned| path.starts_with(owned.under)) {
            let named = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(owned.text));
            if named && !owned.owners.iter().any(|owner| path.starts_with(owner)) {
                found.push(format!(
                    "{path}: names {} (`{}`); only {} may",
                    owned.what,
                    owned.text,
                    owned.owners.join(", ")
                ));
            }
        }
    }
    found.extend(features_of_apps(tree));
    found
}

/// A feature of an app imports the kit and itself, never another feature.
fn features_of_apps(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.with_ending(&[".ts", ".tsx"]) {
        let Some((_, inside)) = path.split_once("/src/features/").filter(|_| path.starts_with("clients/")) else {
            continue;
        };
        let Some((feature, _)) = inside.split_once('/') else { continue };
        for target in text.lines().filter_map(imported) {
            let other = target.rsplit_once("features/").map(|(_, rest)| rest).or_else(|| target.strip_prefix("../"));
            let other =
                other.and_then(|other| other.split('/').next()).filter(|other| !other.is_empty() && *other != "..");
            if other.is_some_and(|other| other != feature && !inside[feature.len() + 1..].contains('/')) {
                found.push(format!("{path}: imports another feature (`{target}`); share by the kit"));
            }
        }
    }
    found
}

/// What a line of TypeScript imports from.
fn imported(line: &str) -> Option<&str> {
    let (_, rest) = line
        .split_once("from \"")
        .or_else(|| line.trim_start().starts_with("import \"").then(|| line.split_once('"')).flatten())?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::Tree;

    #[test]
    fn everything_is_named_by_its_owner() {
        let tree = Tree::of_repository().expect("the repository is readable");
        assert_eq!(check(&tree), [""; 0]);
    }

    #[test]
    fn a_stranger_is_found() {
        let tree = Tree::of([
            ("homeserver/src/room/store.rs", "use rocksdb::DB;\n"),
            ("homeserver/src/room/routes.rs", "router.route(\"/x\", get(x))\n"),
            ("clients/patient/src/a.ts", "import { x } from \"matrix-js-sdk/lib/x\";\n"),
            ("homeserver/store/src/engine/rocks/open.rs", "use rocksdb::DB;\n"),
            (
                "clients/console/src/features/queue/QueueView.tsx",
                "import { x } from \"../archive/model.ts\";\nimport y from \"./model.ts\";\n",
            ),
        ]);
        assert_eq!(check(&tree).len(), 4, "{:?}", check(&tree));
    }
}
