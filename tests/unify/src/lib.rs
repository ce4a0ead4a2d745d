//! Empty: this crate exists for its `Cargo.toml` alone.
