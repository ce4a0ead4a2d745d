//! Does the errands of users in their rooms: new names, and leaving of accounts that ended.
//!
//! One worker for each tenant, so that of two changes of a user the later one is written last.

use std::{sync::Arc, time::Duration};

use consilium_event::{Membership, StateKey};
use consilium_store::View;
use futures_util::{StreamExt, stream};
use ruma::{CanonicalJsonObject, OwnedUserId};
use tokio_util::sync::CancellationToken;

use super::{
    Rooms,
    decide::{Ask, MemberAct, MemberAsk},
    error::RoomError,
};
use crate::{
    errands::{Errand, Errands},
    ids::{RoomKey, UserKey},
    keyspaces,
};

/// Rooms that are written at the same time: each waits for its own commit.
const ROOMS_AT_ONCE: usize = 16;
/// Users whose errands are done at the same time.
const USERS_AT_ONCE: usize = 4;
/// Pause before errands are tried again that could not be done.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Does what waits, and what comes, until `stop`.
pub async fn run(rooms: Arc<Rooms>, errands: Arc<Errands>, stop: CancellationToken) {
    stop.run_until_cancelled(work(&rooms, &errands)).await;
    errands.close();
}

async fn work(rooms: &Rooms, errands: &Errands) {
    loop {
        let all_done = round(rooms, errands).await;
        errands.round_ended();
        if all_done {
            errands.hinted().await;
        } else {
            tokio::time::sleep(RETRY_AFTER).await;
        }
    }
}

/// Tries each errand once; whether nothing is left.
async fn round(rooms: &Rooms, errands: &Errands) -> bool {
    let view = rooms.view();
    let waiting = match errands.waiting(&*view).await {
        Ok(waiting) => waiting,
        Err(error) => {
            tracing::error!(error = %error, "errands cannot be read");
            return false;
        }
    };
    let view = &*view;
    let users = stream::iter(waiting).map(|(user, own)| async move {
        for (errand, version) in own {
            let done = match rooms.do_errand(view, user, errand).await {
                Ok(()) => errands.done(user, errand, version).await.map_err(RoomError::from),
                Err(error) => Err(error),
            };
            if let Err(error) = done {
                tracing::warn!(error = %error, ?errand, "an errand of a user is tried again later");
                return false;
            }
        }
        true
    });
    users.buffer_unordered(USERS_AT_ONCE).fold(true, async |all, one| all && one).await
}

impl Rooms {
    async fn do_errand(&self, view: &dyn View, user: UserKey, errand: Errand) -> Result<(), RoomError> {
        let user_id = self.base.ids.user_id(view, user).await?;
        let memberships: &[Membership] = match errand {
            Errand::Profile => &[Membership::Join],
            Errand::Leave => &[Membership::Join, Membership::Invite, Membership::Knock],
        };
        let profile = self.member_content(view, &user_id).await?;
        let mut keys = Vec::new();
        for membership in memberships {
            keys.extend(self.rooms_of(view, user, *membership).await?);
        }
        let asked = stream::iter(keys).map(|room| {
            let (user_id, profile) = (&user_id, &profile);
            async move {
                let (change, content) = match errand {
                    Errand::Profile => match self.renamed(view, room, user_id, profile).await? {
                        Some(content) => (MemberAct::Profile, content),
                        None => return Ok(()),
                    },
                    Errand::Leave => (MemberAct::Leave, CanonicalJsonObject::new()),
                };
                let (by, target) = (user_id.clone(), user_id.clone());
                let ask = MemberAsk { by, target, change, content, ts: self.base.context.now() };
                passed_over(room, self.ask_key(room, Ask::Member(ask), None).await.map(drop))
            }
        });
        let results: Vec<Result<(), RoomError>> = asked.buffer_unordered(ROOMS_AT_ONCE).collect().await;
        results.into_iter().collect()
    }

    /// The content of the user's member event with his profile as it is now; `None` in a room that has no such event.
    async fn renamed(
        &self,
        view: &dyn View,
        room: RoomKey,
        user_id: &OwnedUserId,
        profile: &CanonicalJsonObject,
    ) -> Result<Option<CanonicalJsonObject>, RoomError> {
        let Some((_, head)) = keyspaces::ROOM_HEADS.get_versioned(view, &room).await? else { return Ok(None) };
        let Some((_, event)) = self.state_at(view, room, head.rest.root, &StateKey::member(user_id)).await? else {
            return Ok(None);
        };
        let mut content = super::membership::kept_content(&event.json);
        content.extend(profile.clone());
        Ok(Some(content))
    }
}

/// A room that refuses for good, because its rules say so or the user has gone, is passed over; what may work later is not.
fn passed_over(room: RoomKey, result: Result<(), RoomError>) -> Result<(), RoomError> {
    match result {
        Err(error @ (RoomError::Store(_) | RoomError::Commit(_) | RoomError::Busy)) => Err(error),
        Err(error) => {
            tracing::info!(room.key = room.0, error = %error, "a room did not take an errand of a user");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}
