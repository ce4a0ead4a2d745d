//! HTTP in, HTTP out: one file for each resource. What a caller may do is the view that the handler asks for; decisions are behind it.

pub mod api_keys;
pub mod archive;
pub mod audit;
pub mod callbacks;
pub mod calls;
pub mod canned;
pub mod conclusions;
pub mod consultations;
pub mod conversations;
pub mod deletion;
pub mod desk;
pub mod events;
pub mod me;
pub mod notes;
pub mod operators;
pub mod partners;
pub mod patients;
pub mod public;
pub mod queues;
pub mod ratings;
pub mod reports;
pub mod retention;
pub mod services;
pub mod settings;
pub mod tags;
pub mod webhooks;
