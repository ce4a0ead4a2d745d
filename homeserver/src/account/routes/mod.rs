//! HTTP of accounts: requests in, responses out.

pub mod account;
pub mod administration;
pub mod devices;
pub mod register;
pub mod session;
