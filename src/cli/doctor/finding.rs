//! What a look at an installation found: one finding for each thing that was looked at, and what all of them come to.

use std::fmt::Write as _;
use std::process::ExitCode;

use consilium_config::TenantSlug;
use serde::Serialize;

/// How a thing stands. The later, the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Fine,
    /// As it should be, with something to think of.
    Hint,
    /// It works, and will not for long, or not for all.
    Warning,
    /// Something does not work.
    Broken,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, in a word: stable, for machines.
    pub check: &'static str,
    /// Whose; `None`: the installation's.
    pub tenant: Option<String>,
    pub level: Level,
    /// How it stands.
    pub says: String,
    /// What to do; nothing where it is fine.
    pub remedy: Option<String>,
}

impl Finding {
    /// It is as it should be.
    pub fn fine(check: &'static str, says: impl Into<String>) -> Self {
        Self { check, tenant: None, level: Level::Fine, says: says.into(), remedy: None }
    }

    /// Something to think of.
    pub fn hint(check: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { level: Level::Hint, remedy: Some(remedy.into()), ..Self::fine(check, says) }
    }

    /// It works, and will not for long, or not for all.
    pub fn warning(check: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { level: Level::Warning, remedy: Some(remedy.into()), ..Self::fine(check, says) }
    }

    /// It does not work.
    pub fn broken(check: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { level: Level::Broken, remedy: Some(remedy.into()), ..Self::fine(check, says) }
    }

    /// The same, of that tenant.
    #[must_use]
    pub fn of(mut self, tenant: &TenantSlug) -> Self {
        self.tenant = Some(tenant.to_string());
        self
    }
}

/// All that was found, in the order in which it was looked at.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
}

/// A report for machines.
#[derive(Serialize)]
struct Document<'a> {
    outcome: &'static str,
    findings: &'a [Finding],
}

impl Report {
    /// Adds a finding, or several.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Adds what was found of a tenant.
    pub fn add_of(&mut self, tenant: &TenantSlug, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings.into_iter().map(|finding| finding.of(tenant)));
    }

    /// All of it.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// How the worst of it stands.
    pub fn worst(&self) -> Level {
        self.findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Fine)
    }

    /// 0: fine, hints or not; 1: warnings; 2: something is broken.
    pub fn exit_code(&self) -> ExitCode {
        match self.worst() {
            Level::Fine | Level::Hint => ExitCode::SUCCESS,
            Level::Warning => ExitCode::from(1),
            Level::Broken => ExitCode::from(2),
        }
    }

    /// For people: a line for each finding, the remedy below it, the sum at the end.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for Finding { check, tenant, level, says, remedy } in &self.findings {
            let word = match level {
                Level::Fine => "fine",
                Level::Hint => "hint",
                Level::Warning => "warning",
                Level::Broken => "BROKEN",
            };
            let whose = tenant.as_ref().map(|tenant| format!("{tenant}: ")).unwrap_or_default();
            // A list stays one, below what it belongs to.
            let says = says.replace('\n', &format!("\n{:<24}", ""));
            let _ = writeln!(text, "{word:<8} {check:<14} {whose}{says}");
            if let Some(remedy) = remedy {
                let _ = writeln!(text, "{:<23} → {remedy}", "");
            }
        }
        let count = |level| self.findings.iter().filter(|finding| finding.level == level).count();
        let sum = match (count(Level::Broken), count(Level::Warning)) {
            (0, 0) => "Everything is fine.".to_owned(),
            (0, warnings) => format!("Nothing is broken. Warnings: {warnings}."),
            (broken, warnings) => format!("It does not work as it should. Broken: {broken}. Warnings: {warnings}."),
        };
        let _ = writeln!(text, "\n{sum}");
        text
    }

    /// For machines.
    pub fn json(&self) -> serde_json::Result<String> {
        let outcome = match self.worst() {
            Level::Fine | Level::Hint => "fine",
            Level::Warning => "warnings",
            Level::Broken => "broken",
        };
        Ok(serde_json::to_string_pretty(&Document { outcome, findings: &self.findings })? + "\n")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value, json};

    use super::{Finding, Level, Report};

    fn report(findings: &[Finding]) -> Report {
        Report { findings: findings.to_vec() }
    }

    #[test]
    fn the_worst_finding_is_what_it_comes_to() {
        let fine = Finding::fine("disk", "There is room.");
        let hint = Finding::hint("backups", "Back up.", "So.");
        let warning = Finding::warning("clock", "It is late.", "Wind it.");
        let broken = Finding::broken("key", "It is lost.", "Find it.");
        for (findings, worst, words) in [
            (vec![], Level::Fine, "Everything is fine."),
            (vec![fine.clone(), hint.clone()], Level::Hint, "Everything is fine."),
            (vec![warning.clone(), fine.clone()], Level::Warning, "Warnings: 1."),
            (vec![broken, warning, hint], Level::Broken, "Broken: 1. Warnings: 1."),
        ] {
            let report = report(&findings);
            assert_eq!(report.worst(), worst);
            assert!(report.text().contains(words), "{}", report.text());
        }
    }

    #[test]
    fn people_read_what_is_wrong_and_below_it_what_to_do() {
        let slug = "yew".parse().unwrap();
        let text = report(&[Finding::broken("key", "It is lost.", "Find it.").of(&slug)]).text();
        assert!(text.starts_with("BROKEN   key            yew: It is lost.\n"), "{text}");
        assert!(text.contains("→ Find it.\n"), "{text}");
        let list = report(&[Finding::broken("key", "It is lost:\n  - here", "Find it.")]).text();
        assert!(list.starts_with("BROKEN   key            It is lost:\n                          - here\n"), "{list}");
    }

    #[test]
    fn machines_read_the_same() {
        let report = report(&[Finding::fine("disk", "There is room."), Finding::warning("clock", "Late.", "Wind it.")]);
        let document: Value = serde_json::from_str(&report.json().unwrap()).unwrap();
        assert_eq!(document["outcome"], "warnings");
        assert_eq!(
            document["findings"][1],
            json!({ "check": "clock", "tenant": null, "level": "warning", "says": "Late.", "remedy": "Wind it." })
        );
    }
}
