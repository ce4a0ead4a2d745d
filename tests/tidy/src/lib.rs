//! What the repository promises about its own shape, as checks over its text: `cargo test -p consilium-tidy`.
//!
//! A check is a function over a [`Tree`] that gives its findings, one line each; `tests` below run it over the repository, and over a small tree with
//! the fault planted, so that a check that finds nothing is known to be able to find something.
//!
//! | check | promise |
//! |---|---|
//! | `heads` | every source file says first what lives in it |
//! | `lengths` | functions fit a screen, files are split |
//! | `layers` | the dependency rule of ARCHITECTURE.md |
//! | `features` | features of the homeserver use one another without a circle, and never one another's store |
//! | `owners` | databases, persisted keys, routes and SDKs are named only by the files that own them |
//! | `paths` | no text of the repository names a folder of somebody's machine |
//! | `licences` | every dependency may be used as it is |
//! | `breakage` | a third of the tests break something |
//!
//! Deliberately absent: what clippy, rustfmt, biome and the compiler check better. Generated files are checked beside what generates them.

pub mod breakage;
pub mod features;
pub mod heads;
pub mod layers;
pub mod lengths;
pub mod licences;
pub mod owners;
pub mod paths;
pub mod tree;

pub use tree::Tree;
