//! The service as its clients see it: HTTP in, a homeserver, a keeper and a media server of the tests around it.

mod support;

mod bad_input;
mod call;
mod call_events;
mod call_livekit;
mod call_staff;
mod call_tokens;
mod callback;
mod callback_consultation;
mod callback_form;
mod callback_time;
mod canned;
mod conclusion;
mod conclusion_close;
mod council;
mod custody;
mod intake;
mod journey;
mod lists;
mod million;
mod note;
mod observer;
mod proofs;
mod report;
mod roles;
mod routing;
mod simulation;
mod sla;
mod stream;
mod tag;
mod take_race;
mod time;
mod webhook;
mod webhook_faults;
