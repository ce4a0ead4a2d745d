//! One `/sync`: what changed since the token, or a wait until something does.
//!
//! Register before you look: the feed is subscribed to, then the store is caught up with and read, then the request sleeps until the
//! feed wakes it. No polling; a sync with nothing new costs the same with one room and with a thousand.

use std::{sync::Arc, time::Duration};

use consilium_store::{Position, StoreError, View};
use ruma::api::client::filter::FilterDefinition;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::{
    answer::Answer,
    ask::{Ask, StateForm},
    room::RoomParts,
    section,
    token::SyncToken,
};
use crate::{
    account,
    account_data::Datum,
    feeds::{Feed, Feeds, News},
    http::{auth::Requester, host::Service},
    ids::{RoomKey, UserKey},
    keys::{ChangedUsers, Keys},
    tenant::Tenant,
    to_device::ToDevice,
};

/// What a client asks.
#[derive(Debug)]
pub struct SyncRequest {
    pub since: Option<SyncToken>,
    pub full_state: bool,
    pub state_form: StateForm,
    pub timeout: Duration,
    pub filter: Arc<FilterDefinition>,
}

/// Syncs of one tenant.
#[derive(Clone)]
pub struct Syncs {
    pub rooms: RoomParts,
    pub feeds: Arc<Feeds>,
    pub to_device: Arc<ToDevice>,
    pub keys: Arc<Keys>,
    /// The store's timeline number: a token of another one starts anew.
    pub timeline: u64,
    /// Longest wait of one long poll: `http.sync_timeout_seconds_max`.
    pub timeout_max: Duration,
    pub stop: CancellationToken,
}

impl std::fmt::Debug for Syncs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Syncs")
    }
}

impl Service for Syncs {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.syncs
    }
}

impl Syncs {
    /// The answer to `request`, after at most its timeout; `None`: the device was signed out while it waited, and hears nothing more.
    pub async fn sync(&self, requester: &Requester, request: SyncRequest) -> Result<Option<Answer>, StoreError> {
        let since = request.since.filter(|since| since.timeline == self.timeline);
        let deadline = Instant::now() + request.timeout.min(self.timeout_max);
        let feed = self.feeds.feed(requester.user_key).await?;
        let mut woken = feed.subscribe();
        if let (Some(since), Some(device)) = (since, &requester.device) {
            let view = self.rooms.base.engine.view();
            let acknowledged = self.to_device.acknowledge(&*view, requester.user_key, device, since.to_device);
            // What could not be deleted goes with the next answer's token; a store that takes no writes still serves reads.
            if let Err(error) = acknowledged.await {
                tracing::warn!(error = %error, "acknowledged to-device messages stay");
            }
        }
        let mut waited = false;
        loop {
            woken.mark_unchanged();
            let answer = self.look(requester, &request, since, &feed).await?;
            if waited && self.is_signed_out(requester).await? {
                return Ok(None);
            }
            if since.is_none() || request.full_state || !answer.is_empty() || Instant::now() >= deadline {
                return Ok(Some(answer));
            }
            waited = true;
            let wait = self.stop.run_until_cancelled(timeout_at(deadline, woken.changed()));
            if wait.await.is_none() {
                return Ok(Some(answer));
            }
        }
    }

    /// Whether the device that asks is not there any more.
    async fn is_signed_out(&self, requester: &Requester) -> Result<bool, StoreError> {
        let Some(device) = &requester.device else { return Ok(false) };
        let view = self.rooms.base.engine.view();
        Ok(!account::has_device(&*view, requester.user_key, device).await?)
    }

    /// Whose devices changed between two answers. Of a token of another timeline everything counts as changed.
    pub async fn key_changes(&self, user: UserKey, from: SyncToken, to: SyncToken) -> Result<ChangedUsers, StoreError> {
        let view = self.rooms.base.engine.view();
        let from = if from.timeline == self.timeline { from.position } else { Position(0) };
        let to = if to.timeline == self.timeline { to.position.min(view.position()) } else { view.position() };
        self.keys.changed_users(&*view, user, (from, to)).await
    }

    /// What is there now.
    async fn look(
        &self,
        requester: &Requester,
        request: &SyncRequest,
        since: Option<SyncToken>,
        feed: &Feed,
    ) -> Result<Answer, StoreError> {
        // Typing is taken first: what changes in between is shown twice rather than never.
        let typing = self.rooms.typing.serial();
        let view = self.feeds.catch_up().await?;
        let mut answer = Answer::default();
        let news = match since {
            Some(since) => {
                self.feeds.reach_back(feed, &*view, since.position).await?;
                Some(feed.news(since.position, since.typing))
            }
            None => None,
        };
        let data = self.changed_data(&*view, requester, since, news.as_ref()).await?;
        let ignored = self.rooms.account_data.ignored(&*view, &self.rooms.base.ids, requester.user_key).await?;
        let ask = Ask {
            view: &*view,
            requester,
            user: requester.user_key,
            user_id: &requester.user,
            device: requester.device.as_deref(),
            since,
            full_state: request.full_state,
            state_form: request.state_form,
            filter: &request.filter,
            ignored: &ignored,
            data: &data,
        };
        for room in rooms_to_look_at(feed, news.as_ref(), request.full_state, &data) {
            self.rooms.fill(&ask, room, &mut answer).await?;
        }
        let to_device = self.own_parts(&ask, news.as_ref(), &mut answer).await?;
        let next = SyncToken { timeline: self.timeline, position: view.position(), typing, to_device };
        answer.next_batch = next.to_string();
        Ok(answer)
    }

    async fn changed_data(
        &self,
        view: &dyn View,
        requester: &Requester,
        since: Option<SyncToken>,
        news: Option<&News>,
    ) -> Result<Vec<Datum>, StoreError> {
        let account_data = &self.rooms.account_data;
        match since {
            None => account_data.all(view, requester.user_key).await,
            Some(since) if news.is_some_and(|news| news.own) => {
                account_data.since(view, requester.user_key, since.position, view.position()).await
            }
            Some(_) => Ok(Vec::new()),
        }
    }

    /// What is the user's or the device's own; the place up to which to-device messages are sent.
    async fn own_parts(&self, ask: &Ask<'_>, news: Option<&News>, answer: &mut Answer) -> Result<Position, StoreError> {
        section::account_data(ask, answer);
        if news.is_none_or(|news| news.own) {
            section::push_rules(&self.rooms.base.push_rules, ask, answer).await?;
        }
        let has_more = ask.since.is_some_and(|since| since.to_device < since.position);
        let sent = if has_more || news.is_none_or(|news| news.own) {
            section::to_device(&self.to_device, ask, answer).await?
        } else {
            ask.view.position()
        };
        if news.is_some_and(|news| news.own || !news.rooms.is_empty()) {
            section::device_lists(&self.keys, ask, answer).await?;
        }
        section::key_counts(&self.keys, ask, answer).await?;
        Ok(sent)
    }
}

fn rooms_to_look_at(feed: &Feed, news: Option<&News>, full_state: bool, data: &[Datum]) -> Vec<RoomKey> {
    match news {
        Some(news) if !full_state => {
            let mut rooms = news.rooms.clone();
            for room in news.typing.iter().copied().chain(data.iter().filter_map(|datum| datum.room)) {
                if !rooms.contains(&room) {
                    rooms.push(room);
                }
            }
            rooms
        }
        _ => feed.rooms(),
    }
}
