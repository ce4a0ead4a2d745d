//! The challenge of the public form: work that costs a person a second and a robot its profit. Stateless; used ones are remembered until they expire.
//!
//! Form: version (1 byte), expiry (8 bytes, milliseconds), difficulty (1 byte), nonce (16 bytes), keyed hash over these (32 bytes); URL-safe base64. The key
//! is the tenant's, so another tenant's challenge is none here. The solution is a text with which `SHA-256(challenge ":" solution)` begins with as many zero
//! bits as the difficulty says.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::context::Context;
use crate::tenant_key::TenantKey;
use crate::time::Time;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 16;
const HEAD_BYTES: usize = 1 + 8 + 1 + NONCE_BYTES;
const MAC_BYTES: usize = 32;
/// Longest solution; an honest one is a number of a few digits.
const SOLUTION_BYTES_MAX: usize = 32;

/// How long a challenge is good: to fill in a form takes minutes, an interrupted person comes back. Unit: seconds.
pub const GOOD_SECONDS: i64 = 30 * 60;
/// Zero bits in quiet times: about 260,000 hashes, which take a desktop's browser 0.15 s and a weak phone two seconds, while somebody writes.
const BITS_MIN: u8 = 18;
/// Zero bits at most: a minute on a weak phone.
const BITS_MAX: u8 = 23;
/// Orders by the form in the last ten minutes up to which times are quiet; each doubling costs one bit more.
const QUIET_ORDERS: i64 = 10;

/// Why a solution is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChallengeError {
    /// It is no challenge of this tenant.
    #[error("this is no challenge of this service")]
    Foreign,
    /// It was given too long ago.
    #[error("the challenge has expired")]
    Expired,
    /// The solution does not solve it.
    #[error("the solution does not solve the challenge")]
    Unsolved,
}

/// A challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// What is solved and given back.
    pub token: String,
    /// Zero bits wanted.
    pub bits: u8,
    /// Until when it is taken.
    pub expires_at: Time,
}

/// How hard a challenge is, by the orders of the last ten minutes.
pub fn difficulty(recent_orders: i64) -> u8 {
    let doublings = u64::try_from(recent_orders / QUIET_ORDERS).unwrap_or(0).checked_ilog2().map_or(0, |log| log + 1);
    BITS_MIN.saturating_add(u8::try_from(doublings).unwrap_or(u8::MAX)).min(BITS_MAX)
}

/// A fresh challenge.
pub fn issue(key: &TenantKey, context: &Context, bits: u8) -> Challenge {
    let expires_at = context.now().plus_seconds(GOOD_SECONDS);
    let nonce = context.random::<NONCE_BYTES>();
    let head = [&[VERSION], expires_at.as_millis().to_be_bytes().as_slice(), &[bits], &nonce].concat();
    let mac = key.challenge_mac(&head);
    Challenge { token: URL_SAFE_NO_PAD.encode([head.as_slice(), &mac].concat()), bits, expires_at }
}

/// Checks a solution; returns when the challenge expires. Whether it was used before is another question.
pub fn check(key: &TenantKey, now: Time, token: &str, solution: &str) -> Result<Time, ChallengeError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| ChallengeError::Foreign)?;
    if bytes.len() != HEAD_BYTES + MAC_BYTES {
        return Err(ChallengeError::Foreign);
    }
    let (head, mac) = bytes.split_at(HEAD_BYTES);
    let is_ours = bool::from(key.challenge_mac(head).as_slice().ct_eq(mac));
    let (Some((version, rest)), true) = (head.split_first(), is_ours) else { return Err(ChallengeError::Foreign) };
    let (Some((expiry, rest)), true) = (rest.split_first_chunk::<8>(), *version == VERSION) else {
        return Err(ChallengeError::Foreign);
    };
    let bits = rest.first().copied().ok_or(ChallengeError::Foreign)?;
    let expires_at = Time::from_millis(i64::from_be_bytes(*expiry));
    if now >= expires_at {
        return Err(ChallengeError::Expired);
    }
    if solution.len() > SOLUTION_BYTES_MAX || zero_bits(token, solution) < u32::from(bits) {
        return Err(ChallengeError::Unsolved);
    }
    Ok(expires_at)
}

/// Leading zero bits of a solution's hash.
pub fn zero_bits(token: &str, solution: &str) -> u32 {
    let mut hash = Sha256::new();
    hash.update(token.as_bytes());
    hash.update(b":");
    hash.update(solution.as_bytes());
    let digest = hash.finalize();
    let zeros = digest.iter().take_while(|byte| **byte == 0).count();
    let rest = digest.get(zeros).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(zeros).unwrap_or(0) * 8 + rest
}

/// What is remembered of a used challenge.
pub fn used_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{ChallengeError, check, difficulty, issue, zero_bits};
    use crate::context::Context;
    use crate::tenant_key::TenantKey;

    fn key(tenant: &str) -> TenantKey {
        TenantKey::derive(&[7; 32], tenant)
    }

    fn solve(token: &str, bits: u32) -> String {
        (0_u64..1 << 40).map(|number| number.to_string()).find(|text| zero_bits(token, text) >= bits).unwrap()
    }

    #[test]
    fn a_solved_challenge_is_taken_until_it_expires() {
        let context = Context::system();
        let challenge = issue(&key("a.test"), &context, 8);
        let solution = solve(&challenge.token, 8);
        let checked = |now| check(&key("a.test"), now, &challenge.token, &solution);
        assert_eq!(checked(context.now()), Ok(challenge.expires_at));
        assert_eq!(checked(challenge.expires_at), Err(ChallengeError::Expired));
    }

    #[test]
    fn another_tenants_or_a_changed_challenge_is_none() {
        let context = Context::system();
        let challenge = issue(&key("a.test"), &context, 0);
        assert_eq!(check(&key("b.test"), context.now(), &challenge.token, "1"), Err(ChallengeError::Foreign));
        for at in 0..challenge.token.len() {
            let mut token = challenge.token.clone().into_bytes();
            token[at] = if token[at] == b'A' { b'Q' } else { b'A' };
            let token = String::from_utf8(token).unwrap();
            assert_eq!(check(&key("a.test"), context.now(), &token, "1"), Err(ChallengeError::Foreign), "{at}");
        }
        for token in ["", "AAAA", "!", challenge.token.get(1..).unwrap()] {
            assert_eq!(check(&key("a.test"), context.now(), token, "1"), Err(ChallengeError::Foreign));
        }
    }

    #[test]
    fn a_wrong_or_endless_solution_does_not_solve() {
        let context = Context::system();
        let challenge = issue(&key("a.test"), &context, 12);
        let wrong = (0..99).map(|n| n.to_string()).find(|text| zero_bits(&challenge.token, text) < 12).unwrap();
        let endless = "1".repeat(40);
        for solution in [wrong.as_str(), endless.as_str()] {
            let checked = check(&key("a.test"), context.now(), &challenge.token, solution);
            assert_eq!(checked, Err(ChallengeError::Unsolved));
        }
    }

    #[test]
    fn work_grows_with_the_rate_and_stays_bounded() {
        let bits: Vec<u8> = [0, 9, 10, 19, 20, 40, 80, 160, 1_000_000, -1].map(difficulty).into();
        assert_eq!(bits, [18, 18, 19, 19, 20, 21, 22, 23, 23, 18]);
    }
}
