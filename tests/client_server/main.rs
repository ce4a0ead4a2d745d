//! The Client-Server API over HTTP, one file for each area of it.

mod account;
mod devices;
mod discovery;
mod sessions;
mod user_data;
