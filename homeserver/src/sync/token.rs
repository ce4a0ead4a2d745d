//! The sync token: opaque for clients, a timeline number and a place in each stream for us.

use std::{fmt, str::FromStr};

use consilium_store::Position;

/// Where a client stands: `s1.<timeline>.<position>_<typing>_<to-device>`.
///
/// The timeline rises when a store is restored from a backup: a token of another timeline resynchronises instead of lying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncToken {
    pub timeline: u64,
    /// Everything up to this commit was sent.
    pub position: Position,
    /// Typing is not stored: its serial number in this process's life.
    pub typing: u64,
    /// To-device messages up to this commit were sent: behind `position` when there were too many for one answer.
    pub to_device: Position,
}

/// The token cannot be one of ours.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("not a sync token")]
pub struct InvalidToken;

impl fmt::Display for SyncToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "s1.{}.{}_{}_{}", self.timeline, self.position.0, self.typing, self.to_device.0)
    }
}

impl FromStr for SyncToken {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, InvalidToken> {
        let rest = text.strip_prefix("s1.").ok_or(InvalidToken)?;
        let (timeline, vector) = rest.split_once('.').ok_or(InvalidToken)?;
        let mut places = vector.split('_').map(number);
        let mut next = || places.next().unwrap_or(Err(InvalidToken));
        let (position, typing, to_device) = (Position(next()?), next()?, Position(next()?));
        if places.next().is_some() {
            return Err(InvalidToken);
        }
        Ok(Self { timeline: number(timeline)?, position, typing, to_device })
    }
}

/// Decimal digits only: `parse` alone would take a sign.
fn number(text: &str) -> Result<u64, InvalidToken> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InvalidToken);
    }
    text.parse().map_err(|_| InvalidToken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back() {
        let token = SyncToken { timeline: 3, position: Position(77), typing: 12, to_device: Position(70) };
        assert_eq!(token.to_string(), "s1.3.77_12_70");
        assert_eq!(token.to_string().parse::<SyncToken>().ok(), Some(token));
    }

    #[test]
    fn foreign_texts_are_refused() {
        for text in [
            "",
            "s1",
            "s1.1",
            "s1.1.2_3",
            "s1.1.+2_3_4",
            "s1.-1.2_3_4",
            "s72594_4483_1934",
            "s1.1.2_3_4_5",
            "s1.1.99999999999999999999_0_0",
        ] {
            assert!(text.parse::<SyncToken>().is_err(), "{text} was taken");
        }
    }
}
