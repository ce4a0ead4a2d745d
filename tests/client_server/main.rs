//! The Client-Server API over HTTP, one file for each area of it.

mod account;
mod appservice;
mod backup;
mod devices;
mod discovery;
mod keys;
mod media;
mod rooms;
mod sessions;
mod sync;
mod user_data;
