//! The partner's own fields: what a clinic keeps of its patients and consultations beyond what every clinic does. Which there are is a section of the settings.
//!
//! A patient's stand on his card, sealed with it: they are his own data, in the copy that he may have, and go with his account. A consultation's are staff's, as
//! tags are: its patient is told nothing of them, and they go with its record.
//!
//! `value.rs` says what may stand in a field and who puts it there, `shown.rs` puts fields into a language, `wanted.rs` reads the filter of lists, all pure;
//! `required.rs` says which a queue asks for before the close; `service.rs` is what is done with those of consultations, `store.rs` their rows.
//!
//! Invariants: what stands in a field passed the definition of then; a definition that is removed hides what stands there and destroys nothing, so that undoing
//! the change of settings brings it back; the audit log names fields and never says what stands in them.

pub(crate) mod problem;
mod required;
mod service;
mod shown;
mod store;
mod value;
mod wanted;

pub use required::{lacking, missing};
pub use service::{FieldsError, change};
pub use shown::{chosen, custom_fields, definitions, standing};
pub use store::{Filled, consultations_with, erase_consultation, of_consultation, of_consultations};
pub use value::{Filler, Refused, Values, Wishes, changed, differing};
pub use wanted::{Wanted, wanted, wanted_by};
