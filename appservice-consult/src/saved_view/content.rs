//! What a view may be. Pure.

use serde::{Deserialize, Serialize};

use crate::api::types::{
    ArchiveQuery, CallbackQuery, ConsultationQuery, FieldError, PatientQuery, SavedViewSection, SavedViewSharing,
};
use crate::ids::QueueId;
use crate::list_query::{self, ListQuery};
use crate::words::Word;

/// Longest name: it stands in the list of sections. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 60;
/// Longest query; the longest honest one has all filters and a long search. Unit: bytes.
const QUERY_BYTES_MAX: usize = 2_000;
/// Longest name of a column. Unit: bytes.
const COLUMN_BYTES_MAX: usize = 32;

/// What a view is, besides its section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is called.
    pub name: String,
    /// The query of its list.
    pub query: String,
    /// How the console sorts the rows that it has.
    pub order: Option<String>,
}

impl Content {
    /// The content in its one form, if its list can be asked so.
    pub fn checked(mut self, section: SavedViewSection) -> Result<Self, Vec<FieldError>> {
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let characters = self.name.chars().count();
        let mut errors = Vec::new();
        if characters == 0 || characters > NAME_CHARACTERS_MAX || self.name.chars().any(char::is_control) {
            errors.push(wrong("name", "1 to 60 characters."));
        }
        if self.query.len() > QUERY_BYTES_MAX {
            errors.push(wrong("query", "At most 2000 bytes."));
        } else if let Err(error) = readable(section, &self.query) {
            errors.push(wrong("query", &format!("{}: {}", error.field, error.message)));
        }
        if self.order.as_deref().is_some_and(|order| !is_order(order)) {
            errors.push(wrong("order", "A column, with `-` before it from the end."));
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    /// Whether one would be taken for the other.
    pub fn reads_like(&self, other: &Self) -> bool {
        self.name.to_lowercase() == other.name.to_lowercase()
    }
}

/// Whether these queues are there to share with.
pub fn can_be_shared(sharing: &SavedViewSharing, is_queue: impl Fn(&QueueId) -> bool) -> Result<(), FieldError> {
    match sharing {
        SavedViewSharing::Queues { queue_ids } if queue_ids.is_empty() => Err(wrong("sharing", "At least one queue.")),
        SavedViewSharing::Queues { queue_ids } if !queue_ids.iter().all(is_queue) => {
            Err(wrong("sharing", "There is no such queue."))
        }
        SavedViewSharing::Nobody | SavedViewSharing::Everybody | SavedViewSharing::Queues { .. } => Ok(()),
    }
}

fn wrong(field: &str, message: &str) -> FieldError {
    FieldError::new(field, message)
}

fn is_order(order: &str) -> bool {
    let column = order.strip_prefix('-').unwrap_or(order);
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    !column.is_empty() && column.len() <= COLUMN_BYTES_MAX && column.bytes().all(is_letter)
}

/// Reads the query as its list does.
fn readable(section: SavedViewSection, query: &str) -> Result<(), FieldError> {
    use SavedViewSection::{Active, Archive, Callbacks, Mine, OnHold, Patients, Waiting};
    match section {
        Waiting | Mine | Active | OnHold => {
            let view = format!("view={}", section.word());
            read::<ConsultationQuery>(&if query.is_empty() { view } else { format!("{view}&{query}") })
        }
        Callbacks => read::<CallbackQuery>(query),
        Archive => read::<ArchiveQuery>(query),
        Patients => read::<PatientQuery>(query),
    }
}

fn read<Q: ListQuery>(query: &str) -> Result<(), FieldError> {
    let query = list_query::read::<Q>(query)?;
    if query.asks_for_a_page() {
        return Err(wrong("cursor", "A view is no page."));
    }
    query.contradiction().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Content, can_be_shared};
    use crate::api::types::{SavedViewSection, SavedViewSharing};

    fn content(name: &str, query: &str, order: Option<&str>) -> Content {
        Content { name: name.to_owned(), query: query.to_owned(), order: order.map(str::to_owned) }
    }

    /// The fields that are refused.
    fn refused(section: SavedViewSection, content: Content) -> Vec<String> {
        let errors = content.checked(section).err().unwrap_or_default();
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_view_has_a_name_and_a_query_that_its_list_takes() {
        let view = content("  Late   children ", "queue=general&sla=breach&sort=sla", None);
        assert_eq!(view.checked(SavedViewSection::Waiting).unwrap().name, "Late children");
        for (section, query) in [
            (SavedViewSection::Mine, ""),
            (SavedViewSection::Callbacks, "view=ended&outcome=answered"),
            (SavedViewSection::Archive, "days=30&stars_max=2"),
            (SavedViewSection::Patients, "sex=female&q=anna"),
        ] {
            assert!(refused(section, content("A", query, Some("-last"))).is_empty(), "{query}");
        }
    }

    #[test]
    fn what_its_list_would_refuse_a_view_refuses() {
        for (section, query) in [
            (SavedViewSection::Waiting, "view=ended"),
            (SavedViewSection::Waiting, "colour=red"),
            (SavedViewSection::Waiting, "limit=5"),
            (SavedViewSection::Mine, "operator=o"),
            (SavedViewSection::Archive, "sla=breach"),
            (SavedViewSection::Patients, "cursor=x"),
            (SavedViewSection::Callbacks, "view=ended&due=hour"),
        ] {
            assert_eq!(refused(section, content("A", query, None)), ["query"], "{query}");
        }
        let long = format!("q={}", "x".repeat(2_000));
        assert_eq!(refused(SavedViewSection::Archive, content("A", &long, None)), ["query"]);
    }

    #[test]
    fn names_and_columns_have_their_limits() {
        for name in ["", "  ", &"я".repeat(61), "a\u{0}"] {
            assert_eq!(refused(SavedViewSection::Mine, content(name, "", None)), ["name"], "{name:?}");
        }
        for order in ["", "-", "--name", "Name", "drop table"] {
            assert_eq!(refused(SavedViewSection::Mine, content("A", "", Some(order))), ["order"], "{order:?}");
        }
        assert!(content("Late", "", None).reads_like(&content("late", "q=x", None)));
    }

    #[test]
    fn a_view_is_shared_with_queues_that_are_there() {
        let with = |ids: &[&str]| SavedViewSharing::Queues { queue_ids: ids.iter().map(|id| (*id).into()).collect() };
        let is_queue = |id: &crate::ids::QueueId| id.as_str() == "general";
        assert!(can_be_shared(&with(&["general"]), is_queue).is_ok());
        assert!(can_be_shared(&SavedViewSharing::Everybody, is_queue).is_ok());
        for wrong in [with(&[]), with(&["general", "nowhere"])] {
            assert_eq!(can_be_shared(&wrong, is_queue).unwrap_err().field, "sharing");
        }
    }
}
