//! The generated reference of all settings.
