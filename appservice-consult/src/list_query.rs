//! What a list may be asked: a query string as its own type, and what of it contradicts itself. Pure. Requests and saved views are read here alike.
//!
//! Deliberately absent: who may ask (the views of the API), and how a list is filtered (each list's own file).

use serde::de::DeserializeOwned;

use crate::api::types::{
    ArchiveQuery, AuditQuery, CallQuery, CallbackPhase, CallbackQuery, CallbackView, ConsultationQuery,
    ConsultationSort, ConsultationView, FieldError, PatientQuery,
};
use crate::callback;
use crate::consultation::list;
use crate::consultation::record;

/// Longest span that `days` may name: ten years.
const DAYS_MAX: u32 = 3_660;

/// The query of a list.
pub trait ListQuery: DeserializeOwned {
    /// The first parameter that cannot be together with the others, and why.
    fn contradiction(&self) -> Option<FieldError>;

    /// Whether it asks for one page of many.
    fn asks_for_a_page(&self) -> bool;
}

/// Reads a query string. The error names the parameter where it is one that the list does not have.
pub fn read<Q: DeserializeOwned>(text: &str) -> Result<Q, FieldError> {
    serde_html_form::from_str(text).map_err(|error| {
        let message = error.to_string();
        let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
        FieldError::new(unknown.map_or("query", |(name, _)| name), message.as_str())
    })
}

/// As [`read`], of a list whose parameters may all be left out; what contradicts itself is refused too. The error names the parameter also where it has a value
/// that it cannot have: then it cannot be read by itself either.
pub fn read_sensible<Q: ListQuery>(text: &str) -> Result<Q, FieldError> {
    let query = read::<Q>(text).map_err(|error| {
        let culprit = text.split('&').find(|pair| read::<Q>(pair).is_err());
        let name = culprit.and_then(|pair| pair.split('=').next()).filter(|_| error.field == "query");
        FieldError::new(name.unwrap_or(error.field.as_str()), error.message.as_str())
    })?;
    query.contradiction().map_or(Ok(query), Err)
}

/// The first of several that cannot be.
fn first_of(all: impl IntoIterator<Item = (bool, &'static str, &'static str)>) -> Option<FieldError> {
    let found = all.into_iter().find(|(is_wrong, ..)| *is_wrong);
    found.map(|(_, field, message)| FieldError::new(field, message))
}

fn is_outside(days: Option<u32>) -> bool {
    days.is_some_and(|days| days == 0 || days > DAYS_MAX)
}

const OPEN_ONLY: &str = "Only what is open has it: ask for it with the view `waiting`, `mine`, `active` or `on_hold`.";
const SPAN: &str = "It ends before it begins.";
const DAYS: &str = "From 1 to 3660 days.";
const DAYS_OR_SPAN: &str = "Either `days`, or `from` and `to`.";
const ONE: &str = "With `user` or `external_id` one patient is asked for.";

impl ListQuery for ConsultationQuery {
    fn contradiction(&self) -> Option<FieldError> {
        let view = self.view.unwrap_or_default();
        let is_open = !matches!(view, ConsultationView::Ended | ConsultationView::All);
        let sorts_open =
            matches!(self.sort, Some(ConsultationSort::Waiting | ConsultationSort::Sla | ConsultationSort::Unanswered));
        let elsewhere = |phase| match (view, list::stage_of(view)) {
            (ConsultationView::Mine, _) => record::stage(phase) == record::STAGE_ENDED,
            (_, stage) => stage.is_some_and(|stage| stage != record::stage(phase)),
        };
        first_of([
            (self.phase.is_some_and(elsewhere), "phase", "No consultation of this view is in this phase."),
            (
                view == ConsultationView::Mine && self.operator.is_some(),
                "operator",
                "The view `mine` is of the caller's own.",
            ),
            (!is_open && self.urgent.is_some(), "urgent", OPEN_ONLY),
            (!is_open && self.red_flag.is_some(), "red_flag", OPEN_ONLY),
            (!is_open && self.sla.is_some(), "sla", OPEN_ONLY),
            (!is_open && self.unanswered.is_some(), "unanswered", OPEN_ONLY),
            (!is_open && self.language.is_some(), "language", OPEN_ONLY),
            (!is_open && sorts_open, "sort", OPEN_ONLY),
            (self.from.zip(self.to).is_some_and(|(from, to)| from >= to), "to", SPAN),
        ])
    }

    fn asks_for_a_page(&self) -> bool {
        self.limit.is_some() || self.cursor.is_some()
    }
}

impl ListQuery for CallQuery {
    fn contradiction(&self) -> Option<FieldError> {
        let is_span = self.from.is_some() || self.to.is_some();
        let is_open = self.open == Some(true);
        first_of([
            (is_outside(self.days), "days", DAYS),
            (self.days.is_some() && is_span, "days", DAYS_OR_SPAN),
            (self.from.zip(self.to).is_some_and(|(from, to)| from >= to), "to", SPAN),
            (is_open && self.outcome.is_some(), "outcome", "Only what has ended came out in some way."),
        ])
    }

    fn asks_for_a_page(&self) -> bool {
        self.limit.is_some() || self.cursor.is_some()
    }
}

impl ListQuery for CallbackQuery {
    fn contradiction(&self) -> Option<FieldError> {
        let view = self.view.unwrap_or_default();
        let stages = callback::stages_of(view);
        let elsewhere = |phase: CallbackPhase| {
            stages.as_ref().is_some_and(|stages| !stages.contains(&callback::stage_of_phase(phase)))
        };
        let has_ended = view == CallbackView::Ended;
        let is_open = !matches!(view, CallbackView::Ended | CallbackView::All);
        let due_twice = self.overdue.is_some() || self.due_before.is_some();
        first_of([
            (self.phase.is_some_and(elsewhere), "phase", "No call-back of this view is in this phase."),
            (
                view == CallbackView::Mine && self.operator.is_some(),
                "operator",
                "The view `mine` is of the caller's own.",
            ),
            (self.due.is_some() && !is_open, "due", "Only what is open is due: ask for it with a view of that."),
            (self.due.is_some() && due_twice, "due", "Either `due`, or `overdue` and `due_before`."),
            (has_ended && self.overdue == Some(true), "overdue", "What has ended is not overdue."),
            (self.outcome.is_some() && is_open, "outcome", "Only what has ended came out in some way."),
        ])
    }

    fn asks_for_a_page(&self) -> bool {
        self.limit.is_some() || self.cursor.is_some()
    }
}

impl ListQuery for ArchiveQuery {
    fn contradiction(&self) -> Option<FieldError> {
        let is_span = self.from.is_some() || self.to.is_some();
        first_of([
            (is_outside(self.days), "days", DAYS),
            (self.days.is_some() && is_span, "days", DAYS_OR_SPAN),
            (self.from.zip(self.to).is_some_and(|(from, to)| from >= to), "to", SPAN),
            (self.stars_max.is_some_and(|stars| !(1..=5).contains(&stars)), "stars_max", "From 1 to 5."),
            // Of all there are, nearly each has some, or nearly none: nothing that a list could be found by.
            (self.files.is_some() && self.patient.is_none(), "files", "It is asked for together with `patient`."),
        ])
    }

    fn asks_for_a_page(&self) -> bool {
        self.limit.is_some() || self.cursor.is_some()
    }
}

impl ListQuery for AuditQuery {
    fn contradiction(&self) -> Option<FieldError> {
        first_of([(self.from.zip(self.to).is_some_and(|(from, to)| from >= to), "to", SPAN)])
    }

    fn asks_for_a_page(&self) -> bool {
        self.limit.is_some() || self.cursor.is_some()
    }
}

impl ListQuery for PatientQuery {
    fn contradiction(&self) -> Option<FieldError> {
        let is_one = self.user.is_some() || self.external_id.is_some();
        first_of([
            (is_outside(self.days), "days", DAYS),
            (is_one && self.sex.is_some(), "sex", ONE),
            (is_one && self.days.is_some(), "days", ONE),
            (is_one && self.field.is_some(), "field", ONE),
        ])
    }

    fn asks_for_a_page(&self) -> bool {
        self.limit.is_some() || self.cursor.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{ListQuery, read, read_sensible};
    use crate::api::types::{ArchiveQuery, AuditQuery, CallQuery, CallbackQuery, ConsultationQuery, PatientQuery};

    /// The parameter that is refused, if one is.
    fn refused<Q: ListQuery>(text: &str) -> Option<String> {
        match read::<Q>(text) {
            Ok(query) => query.contradiction().map(|error| error.field),
            Err(error) => Some(error.field),
        }
    }

    #[test]
    fn a_parameter_that_a_list_does_not_have_is_named() {
        assert_eq!(refused::<ConsultationQuery>("view=mine&colour=red").as_deref(), Some("colour"));
        assert_eq!(refused::<CallbackQuery>("sla=breach").as_deref(), Some("sla"));
        assert_eq!(refused::<ArchiveQuery>("view=mine").as_deref(), Some("view"));
        assert_eq!(refused::<PatientQuery>("queue=general").as_deref(), Some("queue"));
        assert_eq!(refused::<ConsultationQuery>("view=nowhere").as_deref(), Some("query"));
        assert_eq!(refused::<ConsultationQuery>("view=mine&view=active").as_deref(), Some("query"));
    }

    #[test]
    fn consultations_are_asked_for_nothing_that_cannot_be_together() {
        for (text, field) in [
            ("view=waiting&phase=active", "phase"),
            ("view=mine&phase=archived", "phase"),
            ("view=mine&operator=o", "operator"),
            ("urgent=true", "urgent"),
            ("view=ended&red_flag=true", "red_flag"),
            ("view=ended&sla=breach", "sla"),
            ("view=all&unanswered=true", "unanswered"),
            ("language=ru", "language"),
            ("sort=sla", "sort"),
            ("view=ended&sort=waiting", "sort"),
            ("sort=waiting", "sort"),
            ("from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "to"),
        ] {
            assert_eq!(refused::<ConsultationQuery>(text).as_deref(), Some(field), "{text}");
        }
        for text in [
            "",
            "view=ended&phase=cancelled",
            "view=mine&phase=on_hold",
            "view=active&urgent=true&red_flag=false&sla=warning&unanswered=true&language=ru&sort=unanswered",
            "phase=queued&from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z",
        ] {
            assert_eq!(refused::<ConsultationQuery>(text), None, "{text}");
        }
    }

    #[test]
    fn nor_are_calls_and_a_value_that_cannot_be_is_named_by_its_parameter() {
        for (text, field) in [
            ("colour=red", "colour"),
            ("kind=smoke&outcome=missed", "kind"),
            ("kind=audio&outcome=nice", "outcome"),
            ("caller_side=nobody", "caller_side"),
            ("from=yesterday", "from"),
            ("open=perhaps", "open"),
            ("limit=many", "limit"),
            ("kind=audio&kind=video", "query"),
            ("days=0", "days"),
            ("days=7&to=2026-11-01T00:00:00Z", "days"),
            ("from=2026-11-02T00:00:00Z&to=2026-11-02T00:00:00Z", "to"),
            ("open=true&outcome=missed", "outcome"),
        ] {
            let refused = read_sensible::<CallQuery>(text).err().map(|error| error.field);
            assert_eq!(refused.as_deref(), Some(field), "{text}");
        }
        for text in [
            "",
            "open=true",
            "open=false&outcome=missed",
            "queue=general&operator=o&patient=p&caller_side=patient&kind=video&days=30&limit=10",
            "from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z",
        ] {
            assert!(read_sensible::<CallQuery>(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn nor_are_call_backs_the_archive_and_patients() {
        for (text, field) in [
            ("view=ended&due=hour", "due"),
            ("due=hour&overdue=true", "due"),
            ("view=ended&overdue=true", "overdue"),
            ("outcome=answered", "outcome"),
            ("view=waiting&phase=taken", "phase"),
            ("view=mine&operator=o", "operator"),
        ] {
            assert_eq!(refused::<CallbackQuery>(text).as_deref(), Some(field), "{text}");
        }
        assert_eq!(refused::<CallbackQuery>("view=ended&outcome=answered&source=form"), None);
        for (text, field) in [
            ("days=0", "days"),
            ("days=7&from=2026-11-01T00:00:00Z", "days"),
            ("from=2026-11-02T00:00:00Z&to=2026-11-02T00:00:00Z", "to"),
            ("stars_max=6", "stars_max"),
            ("files=true", "files"),
        ] {
            assert_eq!(refused::<ArchiveQuery>(text).as_deref(), Some(field), "{text}");
        }
        assert_eq!(refused::<ArchiveQuery>("days=7&stars_max=2&held=true&conclusion=false&sort=oldest"), None);
        for (text, field) in [("days=9999", "days"), ("user=anna&sex=female", "sex"), ("external_id=7&days=7", "days")]
        {
            assert_eq!(refused::<PatientQuery>(text).as_deref(), Some(field), "{text}");
        }
        assert_eq!(refused::<PatientQuery>("sex=female&days=30&sort=consultations"), None);
        let backwards = "from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z";
        assert_eq!(refused::<AuditQuery>(backwards).as_deref(), Some("to"));
        assert_eq!(refused::<AuditQuery>("action=archive.read&from=2026-11-02T00:00:00Z"), None);
    }
}
