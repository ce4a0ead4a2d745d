//! How an invitation stands at a time. Pure.

use super::store::Record;
use crate::api::types::InvitationState;
use crate::time::Time;

/// How it stands.
pub fn state(record: &Record, now: Time) -> InvitationState {
    if record.used_at.is_some() {
        InvitationState::Used
    } else if record.ended_at.is_some() {
        InvitationState::TakenBack
    } else if now >= record.expires_at {
        InvitationState::Expired
    } else {
        InvitationState::Open
    }
}

#[cfg(test)]
mod tests {
    use super::state;
    use crate::api::types::InvitationState;
    use crate::invitation::Record;
    use crate::time::Time;

    fn record(used: Option<i64>, ended: Option<i64>) -> Record {
        Record {
            id: "i".to_owned(),
            patient: "p".into(),
            language: None,
            made_at: Time::from_millis(0),
            made_by: "@petrova:hs.test".into(),
            expires_at: Time::from_millis(100),
            used_at: used.map(Time::from_millis),
            ended_at: ended.map(Time::from_millis),
        }
    }

    #[test]
    fn it_is_open_until_its_time_is_over() {
        let open = record(None, None);
        assert_eq!(state(&open, Time::from_millis(99)), InvitationState::Open);
        assert_eq!(state(&open, Time::from_millis(100)), InvitationState::Expired);
    }

    #[test]
    fn what_became_of_it_counts_more_than_its_time() {
        let late = Time::from_millis(1_000);
        assert_eq!(state(&record(Some(50), None), late), InvitationState::Used);
        assert_eq!(state(&record(None, Some(50)), late), InvitationState::TakenBack);
    }
}
