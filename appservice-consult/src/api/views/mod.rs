//! What a role may do; for partners' systems, what a scope may. A view is made only by `caller.rs`, after host, token and role were checked, and has only the methods of its role: a handler that
//! asks for a `PatientView` cannot name what an operator may do.

mod administrator;
mod api_key;
mod bulk;
mod call;
mod callback;
mod canned;
mod conclusion;
mod consent;
mod deletion;
mod desk_file;
mod everyone;
mod fhir;
mod field;
mod follow_up;
mod invitation;
mod leaving;
mod macros;
mod merge;
mod note;
mod opening;
mod partner;
mod patient;
mod person;
mod queue_invitation;
mod rating;
mod retention;
mod rules;
mod saved_view;
mod scope;
mod search;
mod seen;
mod settings;
mod setup;
mod sign_in;
mod staff;
mod supervisor;
mod tag;
mod viewing;
mod visitor;
mod webhook;

pub use administrator::AdministratorView;
pub use deletion::{Export, LeavingView};
pub use everyone::Caller;
pub(in crate::api) use partner::Partner;
pub use partner::{CallerOr, Opened, PartnerView, StaffOr};
pub use patient::PatientView;
pub use scope::{
    AnyScope, CallbacksOpen, CallbacksRead, ConsultationsOpen, ConsultationsRead, PatientsInvite, PatientsRead,
    PatientsWrite, RecordsRead, Scope,
};
pub use staff::StaffView;
pub use supervisor::SupervisorView;
pub use visitor::VisitorView;
