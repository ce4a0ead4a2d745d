//! Every source file says first what lives in it.

use crate::tree::{Tree, is_generated};

/// Endings of source files with what their first line (after a `#!`) begins with.
const HEADS: [(&[&str], &[&str]); 4] = [
    (&[".rs"], &["//! "]),
    (&[".ts", ".tsx", ".mjs", ".js"], &["/** ", "/**"]),
    (&[".css"], &["/*"]),
    (&[".sh", ".py", ".sql"], &["# ", "-- "]),
];

/// Source files without a head.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (endings, heads) in HEADS {
        for (path, text) in tree.with_ending(endings).filter(|(path, _)| !is_exempt(path)) {
            let first = text.lines().find(|line| !is_directive(line));
            if !first.is_some_and(|first| heads.iter().any(|head| first.starts_with(head))) {
                found.push(format!("{path}: begins without saying what lives in it (`{}…`)", heads[0]));
            }
        }
    }
    found
}

/// A stylesheet module belongs to the component of its name, a unit test in TypeScript to the file of its name.
fn is_exempt(path: &str) -> bool {
    is_generated(path) || path.ends_with(".module.css") || path.contains(".test.ts")
}

/// A line for a tool, which must be the first.
fn is_directive(line: &str) -> bool {
    line.starts_with("#!/") || line.starts_with("// @")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::Tree;

    #[test]
    fn every_source_file_has_a_head() {
        let tree = Tree::of_repository().expect("the repository is readable");
        assert_eq!(check(&tree), [""; 0]);
    }

    #[test]
    fn a_file_without_one_is_found() {
        let good = [
            ("a.rs", "//! What.\n"),
            ("b.ts", "/** What. */"),
            ("c.css", "/* What. */"),
            ("d.module.css", ".x {}"),
            ("model.test.ts", "import x"),
            ("d.sh", "#!/bin/sh\n# What.\n"),
        ];
        assert_eq!(check(&Tree::of(good)), [""; 0]);
        let bad =
            [("a.rs", "use x;"), ("b.tsx", "import x"), ("c.css", "a {}"), ("d.sh", "#!/bin/sh\nset -e"), ("e.rs", "")];
        assert_eq!(check(&Tree::of(bad)).len(), 5);
    }
}
