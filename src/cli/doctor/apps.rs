//! Whether the binary holds the web apps.

use super::finding::Finding;
use crate::control::BuiltApps;

const CHECK: &str = "apps";

/// What it comes to, for a binary that holds `apps` and serves brands or none.
pub fn judge(apps: BuiltApps, has_brands: bool) -> Finding {
    let missing = [(apps.patient, "the patients' app"), (apps.console, "the console")];
    let missing: Vec<&str> = missing.into_iter().filter(|(is_built, _)| !is_built).map(|(_, name)| name).collect();
    if !has_brands {
        return Finding::fine(CHECK, "There is no brand: this is a homeserver without apps.");
    }
    if missing.is_empty() {
        return Finding::fine(CHECK, "Both apps are built in.");
    }
    let says = format!("The binary was built without {}: their addresses say so.", missing.join(" and "));
    Finding::warning(CHECK, says, "Use a binary of `make build`, which builds both.")
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::cli::doctor::finding::Level;
    use crate::control::BuiltApps;

    #[test]
    fn an_app_that_is_not_there_is_missed_where_somebody_needs_it() {
        assert_eq!(judge(BuiltApps { patient: true, console: true }, true).level, Level::Fine);
        let found = judge(BuiltApps { patient: true, console: false }, true);
        assert!(found.level == Level::Warning && found.says.contains("the console"), "{found:?}");
        assert_eq!(judge(BuiltApps { patient: false, console: false }, false).level, Level::Fine);
    }
}
