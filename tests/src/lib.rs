//! The black-box suites live in the folders beside this file; this crate only carries them.
