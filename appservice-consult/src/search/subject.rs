//! What a document of the index is: a sealed consultation, or a sealed call-back.

use std::fmt;

use crate::ids::{CallbackId, ConsultationId};

/// Which one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A consultation.
    Consultation(ConsultationId),
    /// A call-back.
    Callback(CallbackId),
}

impl Subject {
    /// As rows have it: the id of the one or of the other.
    pub(super) fn columns(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Consultation(id) => (Some(id.as_str()), None),
            Self::Callback(id) => (None, Some(id.as_str())),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Consultation(id) => write!(f, "consultation {}", id.as_str()),
            Self::Callback(id) => write!(f, "call-back {}", id.as_str()),
        }
    }
}

impl From<&ConsultationId> for Subject {
    fn from(id: &ConsultationId) -> Self {
        Self::Consultation(id.clone())
    }
}

impl From<&CallbackId> for Subject {
    fn from(id: &CallbackId) -> Self {
        Self::Callback(id.clone())
    }
}
