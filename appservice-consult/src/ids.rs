//! Identifiers of the service's own records. Each is a type of its own, so that one can never stand for another.
//!
//! Clients must treat them as opaque. New ones are UUIDs of version 7, made by [`crate::context::Context`]; queues and circles are named by the brand.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A newtype over a text that its copies share, with the same conversions for each identifier; a macro because Rust has no other way to say «and the same traits for these».
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(from = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).into()
            }
        }

        impl ToSchema for $name {}
    };
}

identifier!(
    /// A consultation: one session of care inside a conversation.
    ConsultationId
);
identifier!(
    /// A conversation: the permanent room of a patient and a circle.
    ConversationId
);
identifier!(
    /// A call.
    CallId
);
identifier!(
    /// A call-back.
    CallbackId
);
identifier!(
    /// A note of staff on a conversation.
    NoteId
);
identifier!(
    /// A colleague named in a note.
    MentionId
);
identifier!(
    /// A canned reply.
    CannedId
);
identifier!(
    /// A macro.
    MacroId
);
identifier!(
    /// A file that the desk keeps.
    DeskFileId
);
identifier!(
    /// What a rule did once.
    RuleRunId
);
identifier!(
    /// A tag.
    TagId
);
identifier!(
    /// A follow-up.
    FollowUpId
);
identifier!(
    /// An invitation of whoever serves a queue.
    QueueInvitationId
);
identifier!(
    /// A saved view of a list.
    SavedViewId
);
identifier!(
    /// A legal hold.
    HoldId
);
identifier!(
    /// A patient's record.
    PatientId
);
identifier!(
    /// A merge of two patients' cards.
    MergeId
);
identifier!(
    /// A person whom a patient acts for.
    PersonId
);
identifier!(
    /// An operator's or supervisor's record.
    OperatorId
);
identifier!(
    /// A queue, as the brand's configuration names it.
    QueueId
);
identifier!(
    /// The purpose of a consent, as the brand's configuration names it.
    ConsentPurpose
);
identifier!(
    /// A circle: the queues that share a conversation's history, as the brand's configuration names it.
    CircleId
);
identifier!(
    /// A key by which a partner's system calls.
    ApiKeyId
);
identifier!(
    /// A Matrix user id.
    UserId
);
identifier!(
    /// A Matrix room id.
    RoomId
);
identifier!(
    /// A Matrix event id.
    EventId
);
