//! One open stream: catch up from the log, then follow the feed. It subscribes before it reads, so nothing falls between.

use std::sync::Arc;
use std::time::Duration;

use axum::response::sse;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc};

use super::feed::{Admission, Published, latest};
use super::log;
use super::render::{Audience, Event, Rendered};
use crate::api::problem::chain;
use crate::ended_accounts::Moment;
use crate::present::Presenter;
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::viewing::{Ear, Seen};

/// Between two signs of life.
const PING: Duration = Duration::from_secs(15);
/// Events on their way to one listener.
const ON_THE_WAY: usize = 32;
/// What a listener waits before he connects again.
const RETRY: Duration = Duration::from_secs(2);

/// Where a stream begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumption {
    /// Behind this change.
    Behind(i64),
    /// Now, after telling the listener to load everything anew: what he missed is forgotten.
    Anew,
    /// Now.
    Now,
}

/// Where a stream begins that saw `last_event_id` last.
pub fn resumption(last_event_id: Option<&str>, (last, oldest): (i64, i64)) -> Resumption {
    match last_event_id.map(str::parse::<i64>) {
        None => Resumption::Now,
        Some(Ok(seen)) if seen <= last && seen >= oldest - 1 => Resumption::Behind(seen),
        Some(_) => Resumption::Anew,
    }
}

/// Whether the listener may still listen; asked at each sign of life.
pub type StillAllowed = Box<dyn Fn() -> futures_util::future::BoxFuture<'static, bool> + Send + Sync>;

/// Opens a stream. The listener's end is the returned channel; when he goes, the stream ends.
pub async fn follow(
    tenant: Arc<Tenant>,
    audience: Audience,
    last_event_id: Option<String>,
    admission: Admission,
    still_allowed: StillAllowed,
) -> Result<mpsc::Receiver<sse::Event>, StoreError> {
    let feed = tenant.feed.subscribe();
    let mut reading = tenant.store.read().await?;
    let bounds = log::bounds(&mut reading).await?;
    drop(reading);
    let (sender, receiver) = mpsc::channel(ON_THE_WAY);
    let resumption = resumption(last_event_id.as_deref(), bounds);
    let last = match resumption {
        Resumption::Behind(seen) => seen,
        Resumption::Anew | Resumption::Now => bounds.0,
    };
    let listener = tenant.staff.by_user(&audience.user_id);
    let ear = listener.map(|member| tenant.viewing.listen(&member.id));
    let stream = Stream { tenant, audience, sender, last, _admission: admission };
    tokio::spawn(stream.run((feed, ear), resumption, still_allowed));
    Ok(receiver)
}

struct Stream {
    tenant: Arc<Tenant>,
    audience: Audience,
    sender: mpsc::Sender<sse::Event>,
    last: i64,
    _admission: Admission,
}

/// The listener is gone, or must go.
struct Ended;

impl Stream {
    async fn run(
        mut self,
        (mut feed, mut ear): (broadcast::Receiver<Arc<Published>>, Option<Ear>),
        resumption: Resumption,
        still_allowed: StillAllowed,
    ) {
        let stop = self.tenant.feed.stopped().clone();
        let tenant = Arc::clone(&self.tenant);
        let mut sign_ins = tenant.ended_sign_ins.subscribe();
        // The first look is at once: it may have ended between the check of its token and here.
        sign_ins.mark_changed();
        let mut looked = Moment::default();
        let following = async {
            self.greet(resumption).await?;
            self.catch_up(&still_allowed).await?;
            let mut ping = tokio::time::interval_at(tokio::time::Instant::now() + PING, PING);
            loop {
                tokio::select! {
                    published = feed.recv() => self.hear(published, &still_allowed).await?,
                    // The listener's sign-in may have ended: its stream ends now, not at the next sign of life.
                    Ok(()) = sign_ins.changed() => {
                        let before = std::mem::replace(&mut looked, tenant.ended_sign_ins.now());
                        if tenant.ended_sign_ins.is_over(&self.audience.user_id, before) && !still_allowed().await {
                            return Err(Ended);
                        }
                    }
                    seen = next_seen(&mut ear) => self.tell_seen(&seen).await?,
                    _ = ping.tick() => {
                        if !still_allowed().await {
                            return Err::<(), Ended>(Ended);
                        }
                        self.send(sse::Event::default().comment("ping")).await?;
                    }
                    () = self.sender.closed() => return Err(Ended),
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            _ended = following => {}
        }
    }

    /// The first word: where the stream stands, so that even a listener who hears nothing resumes without a gap.
    async fn greet(&self, resumption: Resumption) -> Result<(), Ended> {
        let first = sse::Event::default().id(self.last.to_string()).retry(RETRY);
        let first =
            if resumption == Resumption::Anew { first.event("resync").data("{}") } else { first.comment("connected") };
        self.send(first).await
    }

    /// Sends what the log has behind the last event.
    async fn catch_up(&mut self, still_allowed: &StillAllowed) -> Result<(), Ended> {
        let mut is_about_listener = false;
        loop {
            let changes = match self.read().await {
                Ok(changes) => changes,
                Err(error) => return Err(failed(&error)),
            };
            let Some(newest) = changes.last().map(|change| change.sequence) else { break };
            for change in latest(changes) {
                is_about_listener |= self.is_about_listener(&change);
                self.tell(&Published { change, rendered: Rendered::default() }).await?;
            }
            self.last = newest;
        }
        if is_about_listener && !still_allowed().await { Err(Ended) } else { Ok(()) }
    }

    async fn read(&self) -> Result<Vec<log::Change>, StoreError> {
        let mut reading = self.tenant.store.read().await?;
        log::after(&mut reading, self.last).await
    }

    async fn hear(
        &mut self,
        published: Result<Arc<Published>, RecvError>,
        still_allowed: &StillAllowed,
    ) -> Result<(), Ended> {
        match published {
            Ok(published) if published.change.sequence > self.last => {
                self.tell(&published).await?;
                self.last = published.change.sequence;
                // What the listener may do could have changed: the stream of a right that is gone ends now, not at the next sign of life.
                if self.is_about_listener(&published.change) && !still_allowed().await {
                    return Err(Ended);
                }
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(RecvError::Lagged(_)) => self.catch_up(still_allowed).await,
            Err(RecvError::Closed) => Err(Ended),
        }
    }

    fn is_about_listener(&self, change: &log::Change) -> bool {
        let listener = || self.tenant.staff.by_user(&self.audience.user_id);
        change.kind == log::Kind::Operator && listener().is_some_and(|member| member.id.as_str() == change.subject)
    }

    async fn tell(&self, published: &Published) -> Result<(), Ended> {
        match published.rendered.event(&self.tenant, &published.change, &self.audience).await {
            Ok(Some(Event { name, data })) => {
                self.send(sse::Event::default().id(published.change.sequence.to_string()).event(name).data(data)).await
            }
            Ok(None) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Who looks at the listener's record. It has no id: whoever missed it is answered the next time that his console says what it shows.
    async fn tell_seen(&self, seen: &Seen) -> Result<(), Ended> {
        let viewers = Presenter::new(&self.tenant, &self.audience.language).viewers(seen);
        let data = serde_json::to_string(&viewers).expect("a payload has only string keys");
        self.send(sse::Event::default().event("viewing").data(data)).await
    }

    async fn send(&self, event: sse::Event) -> Result<(), Ended> {
        self.sender.send(event).await.map_err(|_| Ended)
    }
}

/// What is heard of those who look at the same; nothing ever, where the listener is no member of staff.
async fn next_seen(ear: &mut Option<Ear>) -> Arc<Seen> {
    let heard = match ear {
        Some(ear) => ear.hear().await,
        None => None,
    };
    match heard {
        Some(seen) => seen,
        None => std::future::pending().await,
    }
}

/// A stream that cannot read ends: the listener connects again and resumes.
fn failed(error: &StoreError) -> Ended {
    tracing::error!(error = %chain(error), "a stream cannot be served");
    Ended
}

#[cfg(test)]
mod tests {
    use super::{Resumption, resumption};

    #[test]
    fn a_stream_resumes_only_where_nothing_is_forgotten() {
        let bounds = (20, 11);
        assert_eq!(resumption(None, bounds), Resumption::Now);
        assert_eq!(resumption(Some("15"), bounds), Resumption::Behind(15));
        assert_eq!(resumption(Some("10"), bounds), Resumption::Behind(10));
        assert_eq!(resumption(Some("9"), bounds), Resumption::Anew);
        assert_eq!(resumption(Some("21"), bounds), Resumption::Anew);
        assert_eq!(resumption(Some("x"), bounds), Resumption::Anew);
        assert_eq!(resumption(Some("0"), (0, 1)), Resumption::Behind(0));
    }
}
