//! The keeper on our homeserver, with real encrypted clients: who can read what, in every order, and after every accident.

mod accidents;
mod backup;
mod clients;
mod crash;
mod history;
mod homeserver;
mod keys;
mod order;
mod rest;
mod secrets;
mod start;
mod tamper;
mod trust;
mod world;
