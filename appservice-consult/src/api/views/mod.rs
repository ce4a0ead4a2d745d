//! What a role may do. A view is made only by `caller.rs`, after host, token and role were checked, and has only the methods of its role: a handler that
//! asks for a `PatientView` cannot name what an operator may do.

mod call;
mod callback;
mod canned;
mod conclusion;
mod everyone;
mod note;
mod patient;
mod staff;
mod supervisor;
mod tag;
mod visitor;
mod webhook;

pub use everyone::Caller;
pub use patient::PatientView;
pub use staff::StaffView;
pub use supervisor::SupervisorView;
pub use visitor::VisitorView;
