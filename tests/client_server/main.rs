//! The Client-Server API over HTTP, one file for each area of it.

mod account;
mod appservice;
mod appservice_ping;
mod backup;
mod create_room;
mod devices;
mod discovery;
mod engines;
mod history;
mod horizon;
mod ignored;
mod keys;
mod media;
mod membership;
mod profile_rooms;
mod push_rules;
mod rate_limits;
mod relations;
mod request_log;
mod room_rules;
mod rooms;
mod sessions;
mod sync;
mod sync_once;
mod user_data;
