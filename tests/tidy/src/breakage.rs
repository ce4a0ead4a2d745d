//! A third of the tests break something: they send what must be refused, take something away, or kill it.
//!
//! Counted by what a test's text says: that it expects an error, a problem or a status of a refusal, or does harm by one of the means of the tests. A test that
//! breaks something and says so in no word of these is not counted, so the figure is rather too small. It is printed by
//! `cargo test -p consilium-tidy breakage -- --nocapture`.
//!
//! Those of the apps are counted too and held to nothing: most of them are of pure models, which have no way to refuse.

use std::fmt;

use crate::Tree;

/// What a Rust test says that expects a refusal or does harm.
const IN_RUST: [&str; 13] = [
    ".problem(",
    ".refused(",
    "unwrap_err()",
    "expect_err(",
    ".is_err()",
    "Err(",
    ".kill()",
    "is_down",
    "is_full",
    "somebody_writes(",
    "leave_room(",
    "clock.set(",
    "refus",
];
/// The same of a status, where one is compared.
const STATUSES: [&str; 14] =
    ["400", "401", "403", "404", "405", "409", "410", "413", "415", "422", "429", "500", "502", "503"];
const BEFORE_A_STATUS: [&str; 4] = ["(", ", ", "== ", "=> "];
/// What a test of the apps says.
const IN_APPS: [&str; 9] =
    ["toThrow", "rejects", "refus", "problem", "offline", "status: 4", "status: 5", "fails", "cutOff"];

/// Tests, and how many of them break something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub tests: usize,
    pub breaking: usize,
}

impl Count {
    fn of<'a>(tests: impl Iterator<Item = &'a str>, breaks: impl Fn(&str) -> bool) -> Self {
        let mut count = Self { tests: 0, breaking: 0 };
        for test in tests {
            count.tests += 1;
            count.breaking += usize::from(breaks(test));
        }
        count
    }

    /// Whether it is a third at least.
    pub fn is_a_third(self) -> bool {
        3 * self.breaking >= self.tests
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = 100 * self.breaking / self.tests.max(1);
        write!(formatter, "{} of {} tests break something ({percent} %)", self.breaking, self.tests)
    }
}

/// Those in Rust, of the checks of this crate none.
pub fn in_rust(tree: &Tree) -> Count {
    let files = tree.with_ending(&[".rs"]).filter(|(path, _)| !path.starts_with("tests/tidy/"));
    Count::of(files.flat_map(|(_, text)| rust_tests(text)), |test| {
        IN_RUST.iter().any(|mark| test.contains(mark)) || names_a_status(test)
    })
}

/// Those of the apps: units, and browsers.
pub fn in_apps(tree: &Tree) -> Count {
    let files = tree.with_ending(&[".test.ts", ".test.tsx", ".test.mjs"]);
    Count::of(files.flat_map(|(_, text)| app_tests(text)), |test| IN_APPS.iter().any(|mark| test.contains(mark)))
}

fn names_a_status(test: &str) -> bool {
    let named = |status: &str| BEFORE_A_STATUS.iter().any(|before| test.contains(&format!("{before}{status}")));
    STATUSES.iter().any(|status| named(status))
}

/// The functions of a formatted file that are tests, to the closing brace of the same indent.
fn rust_tests(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("#[test]").chain(text.match_indices("#[tokio::test")).map(|(at, _)| at);
    starts.filter_map(move |at| {
        let indent = &text[text[..at].rfind('\n').map_or(0, |line| line + 1)..at];
        let rest = &text[at..];
        // An attribute stands alone on its line; in a text or a comment it is none.
        indent.chars().all(|letter| letter == ' ').then_some(())?;
        let end = rest.find(&format!("\n{indent}}}"))?;
        Some(&rest[..end])
    })
}

/// The calls of `it` and `test` that begin a line, each up to the next.
fn app_tests(text: &str) -> impl Iterator<Item = &str> {
    let begins = |line: &str| {
        let calls = ["it(", "test(", "it.each(", "test.each("];
        calls.iter().any(|call| line.trim_start().starts_with(call))
    };
    let mut at = 0;
    let mut starts = Vec::new();
    for line in text.split_inclusive('\n') {
        if begins(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(move |(start, end)| &text[start..end])
}

#[cfg(test)]
mod tests {
    use super::{Count, in_apps, in_rust};
    use crate::Tree;

    #[test]
    fn a_third_of_the_tests_breaks_something() {
        let tree = Tree::of_repository().expect("the repository is readable");
        let (rust, apps) = (in_rust(&tree), in_apps(&tree));
        println!("Rust: {rust}. The apps: {apps}.");
        assert!(rust.is_a_third(), "{rust}: write down what must not work beside what must");
        assert!(apps.tests > 0 && apps.breaking > 0, "{apps}");
    }

    #[test]
    fn tests_are_told_apart_by_what_they_expect() {
        let attribute = ["#[te", "st]"].concat();
        let rust = format!(
            "{attribute}\nfn one() {{\n    answer.problem(404, \"not-found\");\n}}\n\nmod tests {{\n    {attribute}\n    fn two() {{\n        \
             assert_eq!(1, 1);\n    }}\n\n    {attribute}\n    fn three() {{\n        assert_eq!(status, 403);\n    }}\n}}\n"
        );
        let apps = "it('adds', () => {\n  expect(1).toBe(1);\n});\nit('stops', () => {\n  expect(f).toThrow();\n});\n";
        let tree = Tree::of([("a.rs", &rust), ("a.test.ts", apps)]);
        assert_eq!(in_rust(&tree), Count { tests: 3, breaking: 2 });
        assert_eq!(in_apps(&tree), Count { tests: 2, breaking: 1 });
        assert!(in_rust(&tree).is_a_third() && !Count { tests: 4, breaking: 1 }.is_a_third());
    }
}
