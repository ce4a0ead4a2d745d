//! A room's part of an answer: joined, left or invited, by what the user's membership is now and was at the token.
//!
//! Invariant: membership is looked at anew for every answer; who is not joined gets nothing that was said after he left.

use std::{collections::HashSet, sync::Arc};

use consilium_event::{Membership, StateKey, tree::NodeHash};
use consilium_store::{Position, StoreError};
use ruma::{
    OwnedUserId, RoomId,
    api::client::filter::{LazyLoadOptions, RoomEventFilter},
    events::StateEventType,
};

use super::{
    answer::{Answer, Events, InvitedRoom, JoinedRoom, KnockedRoom, LeftRoom, RoomState, Summary, Timeline},
    ask::{Ask, StateForm},
    filter, section,
    state::{self, Members, Step},
    unread::{self, Reader, Threads},
    window::{self, Shown, Span, Window},
};
use crate::{
    account_data::{AccountData, Datum},
    ids::{RoomKey, UserKey},
    keyspaces,
    receipts::{Receipts, receipts_event},
    room::{
        base::Base,
        client_event::{self, Form},
        now, read,
        rows::{MemberRow, RoomHead, StoredEvent},
        sticky,
    },
    typing::Typing,
};

/// Users named in a room's summary.
const HEROES: usize = 5;

/// What the parts of an answer about rooms stand on.
#[derive(Clone)]
pub struct RoomParts {
    pub base: Arc<Base>,
    pub receipts: Arc<Receipts>,
    pub typing: Arc<Typing>,
    pub account_data: Arc<AccountData>,
}

/// A room with the user's membership.
struct Place<'a> {
    key: RoomKey,
    id: &'a RoomId,
    head: RoomHead,
    member: MemberRow,
    /// Commit of the event that gave the user this membership.
    since: Position,
}

impl RoomParts {
    /// Adds the room to `answer` when it has something for the client.
    pub async fn fill(&self, ask: &Ask<'_>, room: RoomKey, answer: &mut Answer) -> Result<(), StoreError> {
        let Some((changed_at, member)) = keyspaces::USER_ROOMS.get_versioned(ask.view, &(ask.user, room)).await? else {
            return Ok(());
        };
        let id = self.base.ids.room_id(ask.view, room).await?;
        if member.forgotten || !filter::is_room_wanted(&ask.filter.room, &id) {
            return Ok(());
        }
        let Some((_, head)) = keyspaces::ROOM_HEADS.get_versioned(ask.view, &room).await? else { return Ok(()) };
        let since =
            keyspaces::TIMELINE.get_versioned(ask.view, &(room, member.since)).await?.map_or(changed_at, |(at, _)| at);
        let place = Place { key: room, id: &id, head, member, since };
        match member.membership {
            Membership::Join => {
                let joined = self.joined(ask, &place).await?;
                if !joined.is_empty() || ask.since.is_none() {
                    answer.rooms.join.insert(id.clone(), joined);
                }
            }
            Membership::Invite if ask.is_shown(place.since) && !self.is_by_ignored(ask, &place).await? => {
                answer.rooms.invite.insert(id.clone(), InvitedRoom { invite_state: self.stripped(ask, &place).await? });
            }
            Membership::Knock if ask.is_shown(place.since) => {
                answer.rooms.knock.insert(id.clone(), KnockedRoom { knock_state: self.stripped(ask, &place).await? });
            }
            Membership::Leave | Membership::Ban if Self::is_leaving_shown(ask, &place) => {
                let left = self.left(ask, &place).await?;
                answer.rooms.leave.insert(id.clone(), left);
            }
            Membership::Invite | Membership::Knock | Membership::Leave | Membership::Ban => {}
        }
        Ok(())
    }

    /// Whether the event that gave the user his membership is by somebody whom he ignores.
    async fn is_by_ignored(&self, ask: &Ask<'_>, place: &Place<'_>) -> Result<bool, StoreError> {
        if ask.ignored.is_empty() {
            return Ok(false);
        }
        let event = read::event(ask.view, place.key, place.member.seq).await?;
        Ok(ask.ignored.contains(&event.meta.sender))
    }

    fn is_leaving_shown(ask: &Ask<'_>, place: &Place<'_>) -> bool {
        match ask.since {
            Some(since) => place.since > since.position,
            None => ask.filter.room.include_leave,
        }
    }

    async fn joined(&self, ask: &Ask<'_>, place: &Place<'_>) -> Result<JoinedRoom, StoreError> {
        let is_new = ask.is_new(place.since);
        let span = Self::span(ask, place, i64::MAX);
        let mut window = window::window(ask.view, span).await?;
        self.hide(ask, place, &mut window).await?;
        let shows_all = is_new || ask.full_state;
        let step = self.step(ask, place, shows_all, &window, place.head.rest.root).await?;
        let (state, changed_members) = self.state(ask, place, step, &window).await?;
        // Members who came or went in a gap are not named to a client that loads them lazily.
        let has_summary = shows_all || changed_members || window.limited;
        let mut joined = JoinedRoom {
            summary: if has_summary { self.summary(ask, place).await? } else { Summary::default() },
            state,
            sticky: self.sticky(ask, place, &window, is_new).await?,
            timeline: self.timeline(ask, place, window, is_new).await?,
            ephemeral: self.ephemeral(ask, place, is_new).await?,
            account_data: self.account_data(ask, place, is_new).await?,
            ..JoinedRoom::default()
        };
        if shows_all || !joined.is_empty() {
            self.count(ask, place, &mut joined).await?;
        }
        Ok(joined)
    }

    fn span<'a>(ask: &'a Ask<'_>, place: &Place<'_>, before: i64) -> Span<'a> {
        let is_joined = place.member.membership == Membership::Join;
        let since = if is_joined && ask.is_new(place.since) { None } else { ask.position() };
        Span { room: place.key, since, before, filter: &ask.filter.room.timeline, ignored: ask.ignored }
    }

    /// Takes away what was said before the user could see it. Only a window that reaches back before his join can hold such events.
    async fn hide(&self, ask: &Ask<'_>, place: &Place<'_>, window: &mut Window) -> Result<(), StoreError> {
        if window.events.first().is_none_or(|first| first.order >= place.member.since) {
            return Ok(());
        }
        let events: Vec<StoredEvent> = window.events.iter().map(|shown| shown.event.clone()).collect();
        let seen = client_event::visible(&self.base, ask.view, place.key, ask.user, ask.user_id, &events).await?;
        let mut seen = seen.into_iter();
        window.events.retain(|_| seen.next().unwrap_or(false));
        Ok(())
    }

    /// The state that the client has before what it is shown, and the one that it shall have.
    async fn step(
        &self,
        ask: &Ask<'_>,
        place: &Place<'_>,
        shows_all: bool,
        window: &Window,
        last: NodeHash,
    ) -> Result<Step, StoreError> {
        let before = match ask.position() {
            Some(since) if !shows_all => {
                let first = window.events.first().filter(|_| !window.limited);
                match first {
                    Some(first) if Some(first.order) == window.start => first.event.meta.state_before(),
                    _ => window::root_at(ask.view, place.key, since, place.head.rest.next_order).await?,
                }
            }
            _ => NodeHash::EMPTY,
        };
        let after = match window.events.first() {
            Some(first) if ask.state_form == StateForm::Before => first.event.meta.state_before(),
            _ => last,
        };
        Ok(Step { before, after })
    }

    /// The state events of the answer, and whether memberships changed.
    async fn state(
        &self,
        ask: &Ask<'_>,
        place: &Place<'_>,
        step: Step,
        window: &Window,
    ) -> Result<(RoomState, bool), StoreError> {
        let filter = &ask.filter.room.state;
        let is_wanted = filter::wants_room(&ask.filter.room, filter, place.id);
        let members = self.members(ask, filter, &window.events).await?;
        let events = if is_wanted {
            state::missing(&self.base, ask.view, place.key, step, &members, filter).await?
        } else {
            Vec::new()
        };
        let in_window: HashSet<u64> = window.events.iter().map(|shown| shown.entry.seq).collect();
        let (mut stored, mut changed) = (Vec::with_capacity(events.len()), false);
        for (seq, event) in events {
            changed |= is_member_event(&event);
            if ask.state_form != StateForm::Before || !in_window.contains(&seq) {
                stored.push(event);
            }
        }
        changed |= window.events.iter().any(|shown| is_member_event(&shown.event));
        let events = Events { events: self.render(ask, place.key, &stored).await? };
        let state = match ask.state_form {
            StateForm::Before => RoomState { state: Some(events), ..RoomState::default() },
            StateForm::After => RoomState { state_after: Some(events), ..RoomState::default() },
            StateForm::UnstableAfter => RoomState { unstable_state_after: Some(events), ..RoomState::default() },
        };
        Ok((state, changed))
    }

    async fn members(&self, ask: &Ask<'_>, filter: &RoomEventFilter, shown: &[Shown]) -> Result<Members, StoreError> {
        if matches!(filter.lazy_load_options, LazyLoadOptions::Disabled) {
            return Ok(Members::All);
        }
        let mut users = HashSet::from([ask.user_id.to_owned()]);
        let senders: HashSet<UserKey> = shown.iter().map(|shown| shown.entry.sender).collect();
        for sender in senders {
            users.insert(self.base.ids.user_id(ask.view, sender).await?);
        }
        Ok(Members::Of(users))
    }

    async fn timeline(
        &self,
        ask: &Ask<'_>,
        place: &Place<'_>,
        window: Window,
        is_new: bool,
    ) -> Result<Timeline, StoreError> {
        if !filter::wants_room(&ask.filter.room, &ask.filter.room.timeline, place.id) {
            return Ok(Timeline::default());
        }
        let prev_batch = window.start.map(|order| client_event::history_token(order).to_string());
        let stored: Vec<StoredEvent> = window.events.into_iter().map(|shown| shown.event).collect();
        let limited = window.limited || (is_new && ask.since.is_some() && !stored.is_empty());
        Ok(Timeline { events: self.render(ask, place.key, &stored).await?, limited, prev_batch })
    }

    /// Sticky events that are new to the client and not in its timeline. Filters of the timeline do not count here. Source: MSC4354.
    async fn sticky(
        &self,
        ask: &Ask<'_>,
        place: &Place<'_>,
        window: &Window,
        is_new: bool,
    ) -> Result<Events, StoreError> {
        let filter = &ask.filter.room.timeline;
        let has_timeline = filter::wants_room(&ask.filter.room, filter, place.id);
        if has_timeline && !is_new && !window.limited && filter::wants_everything(filter) {
            return Ok(Events::default());
        }
        let since = ask.position().filter(|_| !is_new);
        let mut sticking = sticky::sticking(ask.view, place.key, since, self.base.context.now_ms()).await?;
        let shown: HashSet<u64> = window.events.iter().filter(|_| has_timeline).map(|shown| shown.entry.seq).collect();
        sticking.retain(|(_, row)| !shown.contains(&row.seq) && !ask.ignored.contains(&row.sender));
        let seqs: Vec<u64> = sticking.iter().map(|(_, row)| row.seq).collect();
        let mut events = read::events(ask.view, place.key, &seqs).await?;
        if sticking.first().is_some_and(|(order, _)| *order < place.member.since) {
            let seen = client_event::visible(&self.base, ask.view, place.key, ask.user, ask.user_id, &events).await?;
            let mut seen = seen.into_iter();
            events.retain(|_| seen.next().unwrap_or(false));
        }
        Ok(Events { events: self.render(ask, place.key, &events).await? })
    }

    async fn ephemeral(&self, ask: &Ask<'_>, place: &Place<'_>, is_new: bool) -> Result<Events, StoreError> {
        let filter = &ask.filter.room.ephemeral;
        let mut events = Vec::new();
        if !filter::wants_room(&ask.filter.room, filter, place.id) {
            return Ok(Events::default());
        }
        let wants = |kind| filter::wants_type(filter.types.as_deref(), &filter.not_types, kind);
        if wants("m.receipt") {
            let since = ask.position().filter(|_| !is_new);
            let mut named = Vec::new();
            let reads = self.receipts.after(ask.view, place.key, since, ask.user).await?;
            for read in reads.into_iter().filter(|read| !ask.ignored.contains(&read.user)) {
                named.push((self.base.ids.user_id(ask.view, read.user).await?, read));
            }
            events.extend(receipts_event(&named));
        }
        if wants("m.typing") {
            let since = ask.since.filter(|_| !is_new).map_or(0, |since| since.typing);
            if let Some(typists) = self.typing.typists_after(place.key, since)
                && (!is_new || !typists.is_empty())
            {
                let typists = typists.into_iter().filter(|user| !ask.ignored.contains(user)).collect();
                events.push(self.typing_event(ask, typists).await?);
            }
        }
        Ok(Events { events })
    }

    async fn typing_event(&self, ask: &Ask<'_>, typists: Vec<UserKey>) -> Result<super::answer::Json, StoreError> {
        let mut ids = Vec::with_capacity(typists.len());
        for typist in typists {
            ids.push(self.base.ids.user_id(ask.view, typist).await?);
        }
        ids.sort_unstable();
        let event = serde_json::json!({ "type": "m.typing", "content": { "user_ids": ids } });
        Ok(serde_json::value::to_raw_value(&event).expect("strings are JSON"))
    }

    async fn account_data(&self, ask: &Ask<'_>, place: &Place<'_>, is_new: bool) -> Result<Events, StoreError> {
        let filter = &ask.filter.room.account_data;
        if !filter::wants_room(&ask.filter.room, filter, place.id) {
            return Ok(Events::default());
        }
        let wants = |datum: &&Datum| {
            datum.room == Some(place.key) && filter::wants_type(filter.types.as_deref(), &filter.not_types, &datum.kind)
        };
        if is_new && ask.since.is_some() {
            let all = self.account_data.all(ask.view, ask.user).await?;
            return Ok(Events { events: all.iter().filter(wants).map(section::account_data_event).collect() });
        }
        Ok(Events { events: ask.data.iter().filter(wants).map(section::account_data_event).collect() })
    }

    async fn count(&self, ask: &Ask<'_>, place: &Place<'_>, joined: &mut JoinedRoom) -> Result<(), StoreError> {
        let threads =
            if ask.filter.room.timeline.unread_thread_notifications { Threads::Apart } else { Threads::InMain };
        let reader = Reader { room: place.key, user: ask.user, joined_at: place.member.since };
        let unread = unread::unread(ask.view, &self.receipts, reader, ask.ignored, threads).await?;
        joined.unread_notifications = unread.main;
        joined.unread_thread_notifications = unread.threads;
        Ok(())
    }

    /// Counts, and the people after whom a nameless room is called.
    async fn summary(&self, ask: &Ask<'_>, place: &Place<'_>) -> Result<Summary, StoreError> {
        let rest = &place.head.rest;
        let mut summary = Summary { heroes: None, joined: Some(rest.joined), invited: Some(rest.invited) };
        for kind in [StateEventType::RoomName, StateEventType::RoomCanonicalAlias] {
            if self.state_event(ask, place, &StateKey::single(kind)).await?.is_some() {
                return Ok(summary);
            }
        }
        summary.heroes = Some(self.heroes(ask, place).await?);
        Ok(summary)
    }

    /// Members and invited people other than the user; when there are none, those who left.
    async fn heroes(&self, ask: &Ask<'_>, place: &Place<'_>) -> Result<Vec<OwnedUserId>, StoreError> {
        let is_here = |membership| matches!(membership, Membership::Join | Membership::Invite);
        let mut keys = now::first_members(ask.view, place.key, ask.user, HEROES, is_here).await?;
        if keys.is_empty() {
            let has_gone = |membership| matches!(membership, Membership::Leave | Membership::Ban);
            keys = now::first_members(ask.view, place.key, ask.user, HEROES, has_gone).await?;
        }
        let mut heroes = Vec::with_capacity(keys.len());
        for key in keys {
            heroes.push(self.base.ids.user_id(ask.view, key).await?);
        }
        Ok(heroes)
    }

    async fn state_event(
        &self,
        ask: &Ask<'_>,
        place: &Place<'_>,
        key: &StateKey,
    ) -> Result<Option<StoredEvent>, StoreError> {
        let Some(id) = self.base.ids.state_key(ask.view, key).await? else { return Ok(None) };
        match self.base.nodes.get(ask.view, place.key, place.head.rest.root, id).await? {
            Some(seq) => read::event(ask.view, place.key, seq).await.map(Some),
            None => Ok(None),
        }
    }

    async fn left(&self, ask: &Ask<'_>, place: &Place<'_>) -> Result<LeftRoom, StoreError> {
        let end = place.member.since;
        let never_joined = place.member.left_at.is_none_or(|left| left != end);
        let span = Self::span(ask, place, end.saturating_add(1));
        let mut window = window::window(ask.view, span).await?;
        if never_joined {
            // An invitation that was declined or taken back: only the event that says so is the user's to see.
            window.events.retain(|shown| shown.order == end);
            window.limited = false;
        }
        self.hide(ask, place, &mut window).await?;
        let last = window::root_after(ask.view, place.key, end).await?;
        let step = if never_joined {
            Step { before: last, after: last }
        } else {
            self.step(ask, place, false, &window, last).await?
        };
        let (state, _) = self.state(ask, place, step, &window).await?;
        Ok(LeftRoom {
            state,
            timeline: self.timeline(ask, place, window, false).await?,
            account_data: self.account_data(ask, place, false).await?,
        })
    }

    /// The state that somebody invited or knocking is shown, with his own member event.
    async fn stripped(&self, ask: &Ask<'_>, place: &Place<'_>) -> Result<Events, StoreError> {
        let events = client_event::stripped_state(&self.base, ask.view, place.key, place.member.seq).await?;
        Ok(Events { events })
    }

    async fn render(
        &self,
        ask: &Ask<'_>,
        room: RoomKey,
        events: &[StoredEvent],
    ) -> Result<Vec<super::answer::Json>, StoreError> {
        client_event::sync_events(&self.base, ask.view, room, ask.requester, Form::of(&ask.filter.event_format), events)
            .await
    }
}

/// Whether the event is a membership, told without parsing: such an event has a state id, and few other kinds change in a delta.
fn is_member_event(event: &StoredEvent) -> bool {
    event.meta.state_id.is_some()
        && serde_json::from_slice::<Kind<'_>>(&event.json).is_ok_and(|event| event.kind == "m.room.member")
}

#[derive(serde::Deserialize)]
struct Kind<'a> {
    #[serde(rename = "type", borrow)]
    kind: std::borrow::Cow<'a, str>,
}
