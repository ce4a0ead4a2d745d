//! Who looks at a record, by name.

use super::Presenter;
use crate::api::types::{Viewer, Viewers, ViewingAct};
use crate::ids::OperatorId;
use crate::viewing::Seen;

impl Presenter<'_> {
    /// Who has a record open.
    pub fn viewers(&self, seen: &Seen) -> Viewers {
        let viewer =
            |(operator, act): &(OperatorId, ViewingAct)| Viewer { operator: self.operator_ref(operator), act: *act };
        Viewers { record: Some(seen.record.clone()), viewers: seen.viewers.iter().map(viewer).collect() }
    }
}
