//! Functions fit a screen, files are split. Clippy counts the lines of Rust functions too; this also holds where it does not look.

use crate::tree::{Tree, is_generated};

/// Longest function, in lines between its braces.
const FUNCTION_LINES_MAX: usize = 70;
/// Longest file, in lines. The aim is 400.
const FILE_LINES_MAX: usize = 600;

/// Functions and files that are too long.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.with_ending(&[".rs", ".ts", ".tsx"]).filter(|(path, _)| !is_generated(path)) {
        let lines = text.lines().count();
        if lines > FILE_LINES_MAX {
            found.push(format!("{path}: {lines} lines; split it by decision"));
        }
        if std::path::Path::new(path).extension().is_some_and(|kind| kind == "rs") {
            let long = functions(text).into_iter().filter(|(_, lines)| *lines > FUNCTION_LINES_MAX);
            found.extend(
                long.map(|(name, lines)| format!("{path}: fn {name} has {lines} lines; at most {FUNCTION_LINES_MAX}")),
            );
        }
    }
    found
}

/// Functions of a formatted Rust file with their lines: from a line with `fn` to the closing brace of the same indent.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let starts = [
            "fn ",
            "pub fn ",
            "pub(crate) fn ",
            "pub(super) fn ",
            "async fn ",
            "pub async fn ",
            "pub(crate) async fn ",
            "pub(super) async fn ",
        ];
        let Some(start) = starts.iter().find(|start| code.starts_with(**start)) else { continue };
        let indent = &line[..line.len() - code.len()];
        let end = lines[at..].iter().position(|line| {
            line.strip_prefix(indent)
                .is_some_and(|rest| rest.starts_with('}') || rest.ends_with(';') && !rest.starts_with(' '))
        });
        let open = lines[at..].iter().position(|line| line.ends_with('{')).unwrap_or(0);
        let name = code[start.len()..].split(['(', '<']).next().unwrap_or_default();
        found.push((name, end.unwrap_or(0).saturating_sub(open + 1)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{check, functions};
    use crate::Tree;

    #[test]
    fn functions_and_files_are_short() {
        let tree = Tree::of_repository().expect("the repository is readable");
        assert_eq!(check(&tree), [""; 0]);
    }

    #[test]
    fn a_long_one_is_found() {
        let long = format!("//! x\nfn long() {{\n{}}}\nfn short() {{\n}}\n", "    work();\n".repeat(71));
        let found = check(&Tree::of([("a.rs", &long), ("b.ts", &"x\n".repeat(601))]));
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn lines_are_counted_between_the_braces() {
        let text = "impl A {\n    pub async fn one(\n        self,\n    ) -> u8 {\n        if x {\n        }\n    }\n\n    fn none();\n}\nfn two() {}\n";
        assert_eq!(functions(text), [("one", 2), ("none", 0), ("two", 0)]);
    }
}
