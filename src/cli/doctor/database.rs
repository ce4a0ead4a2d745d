//! Whether a tenant's database has the schema of this build, and whether the end of its archive is whole.

use consilium_consult::store::SchemaVersions;

use super::finding::Finding;

const SCHEMA: &str = "schema";
const ARCHIVE: &str = "archive";
/// Records that are proved while somebody waits; `consilium archive verify` proves all.
pub const RECORDS: i64 = 500;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// `None`: there is no database yet.
    pub schema: Result<Option<SchemaVersions>, String>,
    pub archive: Archive,
}

/// The end of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Archive {
    /// It was not looked at.
    LeftAlone,
    /// It is whole up to this record.
    Whole(i64),
    /// It is not.
    Faulty(String),
    /// It cannot be read.
    Closed(String),
}

impl Facts {
    /// Whether this build may read what is there without changing it first.
    pub fn is_of_this_build(schema: &Result<Option<SchemaVersions>, String>) -> bool {
        matches!(schema, Ok(Some(SchemaVersions { found, known })) if found == known)
    }
}

/// What it comes to.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    let mut found = vec![schema(&facts.schema)];
    found.extend(archive(&facts.archive));
    found
}

fn schema(versions: &Result<Option<SchemaVersions>, String>) -> Finding {
    match versions {
        Err(why) => {
            let remedy = "Where the file is damaged, put the last backup of the whole folder in its place.";
            Finding::broken(SCHEMA, format!("The database cannot be read: {why}."), remedy)
        }
        Ok(None) => Finding::fine(SCHEMA, "There is no database yet; the first start makes it."),
        Ok(Some(SchemaVersions { found, known })) if found == known => {
            Finding::fine(SCHEMA, format!("The database has schema {found}, the one of this build."))
        }
        Ok(Some(SchemaVersions { found, known })) if found < known => {
            let says = format!("The database has schema {found}; the next start brings it to {known}.");
            Finding::hint(SCHEMA, says, "Back up the data before it: older builds do not read them afterwards.")
        }
        Ok(Some(SchemaVersions { found, known })) => {
            let says = format!("The database has schema {found}, and this build knows {known}: a newer one was here.");
            Finding::broken(SCHEMA, says, "Run the newer build, or put back the backup from before it ran.")
        }
    }
}

fn archive(archive: &Archive) -> Option<Finding> {
    match archive {
        Archive::LeftAlone => None,
        Archive::Whole(0) => Some(Finding::fine(ARCHIVE, "Nothing is archived yet.")),
        Archive::Whole(last) => {
            let all = if *last > RECORDS { "; `consilium archive verify` proves all" } else { "" };
            let proved = RECORDS.min(*last);
            Some(Finding::fine(ARCHIVE, format!("The last {proved} of {last} records are as they were sealed{all}.")))
        }
        Archive::Faulty(why) => {
            let remedy =
                "Keep a copy of the data folder as it is, run `consilium archive verify`, and look into the backups.";
            Some(Finding::broken(ARCHIVE, format!("The archive is not as it was sealed: {why}."), remedy))
        }
        Archive::Closed(why) => {
            let remedy = if why.contains("another keeper.key") {
                "Put the key that the data were written with back to where consult.keeper_key_file says. Nothing is lost while the data stay as they are."
            } else {
                "Do what it says. Where the data are damaged, put the last backup of the whole folder in their place."
            };
            Some(Finding::broken(ARCHIVE, format!("The archive cannot be read: {why}."), remedy))
        }
    }
}

#[cfg(test)]
mod tests {
    use consilium_consult::store::SchemaVersions;

    use super::{Archive, Facts, judge};
    use crate::cli::doctor::finding::Level;

    fn levels(schema: Result<Option<(i64, i64)>, String>, archive: Archive) -> Vec<Level> {
        let schema = schema.map(|versions| versions.map(|(found, known)| SchemaVersions { found, known }));
        judge(&Facts { schema, archive }).iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn an_older_schema_is_a_hint_and_a_newer_one_broken() {
        for (schema, level) in [
            (Ok(None), Level::Fine),
            (Ok(Some((20, 20))), Level::Fine),
            (Ok(Some((18, 20))), Level::Hint),
            (Ok(Some((21, 20))), Level::Broken),
            (Err("it is no database".to_owned()), Level::Broken),
        ] {
            assert_eq!(levels(schema.clone(), Archive::LeftAlone), [level], "{schema:?}");
        }
    }

    #[test]
    fn what_is_proved_of_the_archive_is_said() {
        let told = |archive: Archive| {
            let found = judge(&Facts { schema: Ok(None), archive });
            (found[1].level, found[1].says.clone())
        };
        assert_eq!(told(Archive::Whole(0)).0, Level::Fine);
        assert!(told(Archive::Whole(3)).1.contains("last 3 of 3 records are as they were sealed."));
        assert!(told(Archive::Whole(9_000)).1.contains("last 500 of 9000 records"));
        let (level, says) = told(Archive::Faulty("record 3 was changed or moved".to_owned()));
        assert!(level == Level::Broken && says.contains("record 3 was changed"), "{says}");
        assert_eq!(told(Archive::Closed("no".to_owned())).0, Level::Broken);
    }

    #[test]
    fn only_a_database_of_this_build_is_opened() {
        let versions = |found| Ok(Some(SchemaVersions { found, known: 20 }));
        assert!(Facts::is_of_this_build(&versions(20)));
        assert!(!Facts::is_of_this_build(&versions(19)) && !Facts::is_of_this_build(&versions(21)));
        assert!(!Facts::is_of_this_build(&Ok(None)) && !Facts::is_of_this_build(&Err("x".to_owned())));
    }
}
