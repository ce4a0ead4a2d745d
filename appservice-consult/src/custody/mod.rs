//! Custody: who keeps the secret that opens a patient's secret storage, and to which devices it was given.
//!
//! The secret lies in the keeper's own store and nowhere else; here is decided who gets it. A release follows a sign-in of the last ten
//! minutes, is an entry of the audit log, and is told to all the patient's devices, before the secret leaves. A patient may take the
//! secret into his own hands: then the keeper's copy is destroyed, and a new device asks him for his recovery key.
//!
//! `service.rs` decides, `store.rs` holds the rows. Deliberately absent: the secret in any row, log or entry of this database.

mod problem;
mod service;
mod store;

pub use service::{CustodyError, SignIn, is_fresh, release, take_over};
pub use store::{Custody, KeptBy, Release, forget, load};
