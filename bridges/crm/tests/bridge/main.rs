//! The bridge over HTTP, between a CRM on a real socket and what Consilium would send: what is told there, once and in order, whatever fails meanwhile.
#![expect(clippy::unwrap_used, reason = "tests")]

mod back;
mod crm;
mod faults;
mod mapping;
mod told;
mod world;
