//! A brand while it runs: settings of it are changed without a restart, so whoever needs it asks for it as it stands now.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;

use super::Brand;

/// A brand as it stands now. Clones are handles of one and the same.
#[derive(Clone)]
pub struct Current(Arc<ArcSwap<Brand>>);

impl Current {
    /// A brand that has not changed yet.
    pub fn new(brand: Brand) -> Self {
        Self(Arc::new(ArcSwap::from_pointee(brand)))
    }

    /// As it stands now. Whoever holds it is not told of changes: decide one thing from one of these.
    pub fn get(&self) -> Arc<Brand> {
        self.0.load_full()
    }

    /// From now on it is this one.
    pub fn set(&self, brand: Arc<Brand>) {
        self.0.store(brand);
    }
}

impl fmt::Debug for Current {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Current").field(&self.get().id).finish()
    }
}
