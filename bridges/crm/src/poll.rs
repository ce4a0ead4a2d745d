//! Asking the CRM again and again for what is to be done there: the list stands at the CRM, and the last step of each item takes it out, so nothing is missed.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::config::Poll;
use crate::request::Failure;
use crate::step;
use crate::store::nothing_known;
use crate::template::Scope;
use crate::work::{Outcome, Worker};

/// Items of one round. More are there at the next.
const ITEMS_MAX: usize = 200;

/// Asks until `stop`.
pub(crate) async fn run(worker: Arc<Worker>, name: String, stop: CancellationToken) {
    let every = Duration::from_secs(worker.config.poll[&name].every_seconds.into());
    while stop.run_until_cancelled(tokio::time::sleep(every)).await.is_some() {
        once(&worker, &name).await;
    }
}

/// One round. How many items were done.
pub(crate) async fn once(worker: &Worker, name: &str) -> usize {
    let poll = &worker.config.poll[name];
    let Some(items) = list(worker, name, poll).await else { return 0 };
    let mut done = 0;
    for item in items.iter().take(ITEMS_MAX) {
        let job = match worker.of_incoming(poll.incoming(name), item, false).await {
            Ok(Ok(job)) => job,
            // It is about nobody whom the bridge knows yet.
            Ok(Err(_)) => continue,
            Err(error) => {
                tracing::error!(poll = name, reason = %error, "an item of the CRM could not be read");
                continue;
            }
        };
        match worker.run(job).await {
            Ok(Outcome::Done) => done += 1,
            Ok(Outcome::Later { .. }) => break,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(poll = name, %error, "the store failed");
                break;
            }
        }
    }
    done
}

/// What the CRM lists. `None`: nothing that can be used, which is logged.
async fn list(worker: &Worker, name: &str, poll: &Poll) -> Option<Vec<Value>> {
    let mut scope = scope_of_list(&worker.config.values);
    let step = (poll.list.as_str(), &worker.config.steps[&poll.list]);
    let failed = |reason: &dyn std::fmt::Display| {
        tracing::error!(poll = name, %reason, "the CRM's list could not be read");
    };
    let prepared = step::prepare(&worker.templates, step, &scope, &nothing_known(), name);
    let prepared = prepared.inspect_err(|error| failed(error)).ok()??;
    let answer = match worker.sender.send(&prepared).await {
        Ok(answer) => answer,
        Err(Failure::Later { why, status, .. } | Failure::Refused { why, status }) => {
            tracing::warn!(poll = name, why, status, "the CRM did not give its list");
            return None;
        }
    };
    scope.set("answer", answer.json.unwrap_or_default());
    let items = worker.templates.evaluate(&poll.items, &scope).inspect_err(|error| failed(error)).ok()?;
    match items {
        Some(Value::Array(items)) => Some(items),
        None => Some(Vec::new()),
        Some(_) => {
            failed(&format!("poll.{name}.items gives no list"));
            None
        }
    }
}

/// What the template of a list sees.
pub(crate) fn scope_of_list(values: &serde_json::Map<String, Value>) -> Scope {
    Scope::new().with("values", values.clone())
}
