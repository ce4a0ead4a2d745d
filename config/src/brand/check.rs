//! What a brand must fulfil beyond the shape of its file.

/// Text keys that every brand has in each of its languages.
pub const REQUIRED_TEXTS: [&str; 5] = ["home.title", "home.greeting", "emergency", "trust.statement", "consent"];
