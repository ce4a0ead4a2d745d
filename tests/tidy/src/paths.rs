//! No text of the repository names a folder of somebody's machine.

use crate::Tree;
use crate::tree::is_generated;

/// Beginnings of such paths, written in two parts so that this file does not hold them.
const PRIVATE: [(&str, &str); 5] =
    [("/wor", "k/"), ("/roo", "t/"), ("/User", "s/"), ("/home/runn", "er"), (".cargo/regis", "try")];

/// Lines that name one.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.all().filter(|(path, _)| !is_generated(path)) {
        for (at, line) in text.lines().enumerate() {
            for prefix in PRIVATE.map(|(one, two)| format!("{one}{two}")) {
                if names(line, &prefix) {
                    found.push(format!("{path}:{}: names `{prefix}`", at + 1));
                }
            }
        }
    }
    found
}

/// Whether `prefix` begins a path in `line`, rather than being the middle of another one.
fn names(line: &str, prefix: &str) -> bool {
    line.match_indices(prefix).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-}*~@$)".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::{check, names};
    use crate::Tree;

    #[test]
    fn no_private_path_is_named() {
        let tree = Tree::of_repository().expect("the repository is readable");
        assert_eq!(check(&tree), [""; 0]);
    }

    #[test]
    fn a_planted_path_is_found() {
        let line = ["see /wor", "k/shared/x"].concat();
        assert_eq!(check(&Tree::of([("README.md", &line)])).len(), 1);
    }

    #[test]
    fn a_part_of_another_path_is_none() {
        assert!(!names("src/xx/y", "/xx/") && !names("$HOME/xx/", "/xx/"));
        assert!(names("/xx/y", "/xx/") && names("\"/xx/\"", "/xx/") && names("cd /xx/", "/xx/"));
    }
}
