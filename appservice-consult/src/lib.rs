//! The consultation service: patients ask, operators answer, in end-to-end encrypted Matrix rooms.
//!
//! It is an ordinary application service: it speaks to the homeserver over loopback HTTP and never links it.
//!
//! ```text
//! homeserver ─ transactions ─► intake ─► consultation machine ─► one SQL transaction ─► outbox ─► keeper, homeserver
//! apps ─ /_consilium/v1 ─► api (views by role) ─► the same machine, the same transaction ─► change log ─► server-sent events
//! ```
//!
//! | folder | decides |
//! |---|---|
//! | `api/` | HTTP: routes, who may call what, problems, `OpenAPI` |
//! | `consultation/` | the machine, transitions, lists |
//! | `conversation/` | rooms, history keys |
//! | `custody/` | who may have the secret of a patient's key backup |
//! | `call/` | calls: who may, tokens, the media server's record |
//! | `callback/` | call-backs: ordering, the machine, the public form |
//! | `invitation/` | patients whom the desk or a partner's system makes, and the links by which they come |
//! | `intake/` | taking the homeserver's transactions exactly once |
//! | `outbox/` | carrying out what a step needs outside |
//! | `queue_invitation/` | asking whoever serves a queue into a consultation: the first who accepts comes |
//! | `bulk/` | one act on several rows of a list, and rows for a spreadsheet |
//! | `leaving/` | what becomes of what an operator leads who goes, or is lost |
//! | `operator/` `patient/` `person/` `queue/` | staff and statuses; cards, and two of one human; persons whom patients act for; load and waits |
//! | `note/` `canned/` `macros/` `tag/` | notes of staff, and who may read them; canned replies; macros; tags |
//! | `desk_file/` `prepared/` | files that macros send; what the brand folder begins of replies, macros and tags, and how it is written back |
//! | `saved_view/` | lists with filters and an order that staff keeps under a name, and who sees them |
//! | `list_query.rs` `page.rs` | what a list may be asked, and what contradicts itself; its pages, and how many rows it has |
//! | `places.rs` | where in a chain without gaps a time is |
//! | `rules/` | what the desk does by itself when something happens, and its log |
//! | `follow_up/` | what staff comes back to at a time |
//! | `field/` | the partner's own fields on cards and consultations |
//! | `conclusion/` | documents for patients: drafts, signed versions, PDF |
//! | `consent/` | what patients agreed to, and what cannot begin without it |
//! | `plain/` | plain replies of patients at other Matrix clients: choosing, agreeing, answering, following, ending |
//! | `rating/` | what patients think of closed consultations |
//! | `archive/` `audit/` | sealing and proving |
//! | `notary/` | the heads of both, given to an address of the partner's |
//! | `doctor/` | a look at the installation, for its administrators |
//! | `search/` | full text of the archive: the sealed index, and what is found in it |
//! | `retention/` | how long the archive keeps, legal holds, erasure |
//! | `deletion/` | the end of a patient's account |
//! | `sign_in/` | where patients are signed in, and signing out what was lost |
//! | `ended_accounts.rs` | whose tokens are believed no more |
//! | `own_data/` | the copy of everything that a patient may have |
//! | `fhir/` | a sealed consultation as resources of FHIR R4 |
//! | `report/` | figures of a period, the wallboard |
//! | `change/` | what streams are told |
//! | `viewing/` | who else looks at a record |
//! | `webhook/` | telling partners' systems what happens |
//! | `outward.rs` | asking an address of the partner's that the configuration names |
//! | `api_key/` | keys by which partners' systems ask and act |
//! | `present/` | what the API shows of records |
//! | `store/` | SQL |
//!
//! Deliberately absent: cryptography of Matrix (the keeper's crate), reading configuration files (the binary), an internal event bus.

pub mod actor;
pub mod admin;
pub mod api;
pub mod api_key;
pub mod archive;
pub mod audit;
pub mod bulk;
pub mod call;
pub mod callback;
pub mod canned;
pub mod change;
pub mod checklist;
pub mod conclusion;
pub mod config;
pub mod consent;
pub mod consultation;
pub mod context;
pub mod conversation;
pub mod custody;
pub mod deletion;
pub mod demo;
pub mod desk_file;
pub mod doctor;
pub mod ended_accounts;
pub mod fhir;
pub mod field;
pub mod follow_up;
mod html;
pub mod ids;
pub mod intake;
pub mod invitation;
pub mod key_file;
pub mod leaving;
pub mod list_query;
mod locks;
pub mod macros;
pub mod member;
pub mod notary;
pub mod note;
pub mod operator;
pub mod outbox;
mod outward;
pub mod own_data;
mod page;
pub mod patient;
pub mod person;
mod places;
pub mod plain;
pub mod prepared;
mod present;
pub mod questionnaire;
pub mod queue;
pub mod queue_invitation;
pub mod rating;
pub mod rehearsal;
pub mod report;
pub mod retention;
pub mod routing;
pub mod rules;
pub mod saved_view;
pub mod search;
mod server;
pub mod settings;
pub mod sign_in;
mod spreadsheet;
pub mod store;
pub mod tag;
pub mod tenant;
pub mod tenant_key;
pub mod time;
pub mod timer;
pub mod viewing;
pub mod webhook;
mod words;

pub(crate) use consilium_config::letters;

pub use api::RTC_PREFIX as LIVEKIT_PATH;
pub use api::openapi::openapi_json;
pub use config::{ConsultConfig, TenantConfig};
pub use context::{Clock, Context, Randomness};
pub use server::{Consult, KeeperIdentity, StartError};
