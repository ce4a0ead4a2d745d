//! Passwords: argon2id, on blocking threads, as many at once as there are cores.

use std::{sync::Arc, thread::available_parallelism, time::Duration};

use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use tokio::sync::Semaphore;

use super::error::AccountError;
use crate::context::Context;

/// Longest password, in bytes: more would only cost time.
pub const PASSWORD_BYTES_MAX: usize = 1_024;

/// Passwords that wait for a thread; one more is told to come back.
const WAITING_MAX: usize = 64;

const SALT_BYTES: usize = 16;

/// A little more than the allocator keeps freed memory.
const FREED_MEMORY_KEPT: Duration = Duration::from_millis(1_200);

/// Large to the allocator: an allocation of its own.
const LARGE_BYTES: usize = 1 << 20;

/// Makes and checks password hashes.
#[derive(Debug)]
pub struct Passwords {
    context: Context,
    threads: Arc<Semaphore>,
    places: Arc<Semaphore>,
    /// Checked when the account does not exist, so that the answer takes as long.
    decoy: tokio::sync::OnceCell<String>,
}

impl Passwords {
    pub fn new(context: Context) -> Self {
        let threads = available_parallelism().map_or(1, usize::from);
        Self {
            context,
            threads: Arc::new(Semaphore::new(threads)),
            places: Arc::new(Semaphore::new(threads + WAITING_MAX)),
            decoy: tokio::sync::OnceCell::new(),
        }
    }

    /// The PHC string of a password.
    pub async fn hash(&self, password: String) -> Result<String, AccountError> {
        if password.is_empty() || password.len() > PASSWORD_BYTES_MAX {
            return Err(AccountError::UnfitPassword);
        }
        let salt: [u8; SALT_BYTES] = self.context.random_bytes();
        self.blocking(move || {
            let salt = SaltString::encode_b64(&salt).map_err(|_| AccountError::Hash)?;
            let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|_| AccountError::Hash)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one of `hash`; without a hash `false`, after the same work.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, AccountError> {
        let known = hash.is_some();
        let hash = match hash {
            Some(hash) => hash,
            None => self.decoy.get_or_try_init(|| self.hash("decoy".to_owned())).await?.clone(),
        };
        if password.len() > PASSWORD_BYTES_MAX {
            return Ok(false);
        }
        self.blocking(move || {
            let hash = PasswordHash::new(&hash).map_err(|_| AccountError::Hash)?;
            Ok(known && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AccountError> + Send + 'static,
    ) -> Result<T, AccountError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| AccountError::Busy)?;
        let thread = Arc::clone(&self.threads).acquire_owned().await.map_err(|_| AccountError::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop((thread, place));
            result
        });
        let result = done.await.map_err(|_| AccountError::Hash)?;
        tokio::spawn(give_memory_back());
        result
    }
}

/// A hash is made in 19 MiB. The allocator keeps freed memory for a second, and then looks what it may give back to the system only when something large is
/// freed: on a server where nothing else happens that would be never.
async fn give_memory_back() {
    tokio::time::sleep(FREED_MEMORY_KEPT).await;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGE_BYTES)));
}

#[cfg(test)]
mod tests {
    use super::Passwords;
    use crate::context::{Context, ManualClock};

    #[tokio::test]
    async fn only_the_password_that_was_hashed_is_right() {
        let passwords = Passwords::new(Context::fixed(ManualClock::at(0), 1));
        let hash = passwords.hash("пароль".to_owned()).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.verify("пароль".to_owned(), Some(hash.clone())).await.expect("checked"));
        assert!(!passwords.verify("parol".to_owned(), Some(hash)).await.expect("checked"));
        assert!(!passwords.verify("decoy".to_owned(), None).await.expect("checked"));
    }
}
