//! A stranger at every route, with identifiers of what is there: another patient, and another tenant. He is answered as if it were not there, and nothing comes of it.
//!
//! The routes and their gates are those of `roles.rs`; what each identifier stands for is said in `support/things.rs`. A route that neither knows fails here.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{HeaderName, Request, header};
use consilium_consult::api::mounted;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use support::partner::SCOPES;
use support::things::{Stands, Things, absent_body, absent_path, beginnings, stands_for};
use support::{ANNA, BORIS, NEIGHBOUR, PETROVA, VOLKOVA, World, get_token, passed_token, request_id, sfu_get};

use crate::roles::{PARTNERS, Row, rows};
use crate::upgrade::{Rows, contents};

/// Routes that one account is tried on; each is asked for twice, for each of a few things, and nobody may ask too often.
const FOR_ONE_ACCOUNT: usize = 20;

/// Tables that workers write when they come to it: what they have to do, and the index of the archive.
const OF_WORKERS: [&str; 6] =
    ["effect", "archive_word", "archive_beginning", "archive_indexed", "archive_to_index", "archive_index"];

/// An answer as it went over the wire, without what is the same in all of them.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    status: u16,
    kind: Option<String>,
    retry_after: Option<String>,
    body: String,
}

async fn said(response: axum::response::Response) -> Said {
    let header = |name: HeaderName| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (status, kind, retry_after) =
        (response.status().as_u16(), header(header::CONTENT_TYPE), header(header::RETRY_AFTER));
    // A stream has no end; it says nothing before something happens.
    let is_stream = kind.as_deref().is_some_and(|kind| kind.starts_with("text/event-stream"));
    let bytes = if is_stream { Vec::new() } else { response.into_body().collect().await.unwrap().to_bytes().to_vec() };
    Said { status, kind, retry_after, body: String::from_utf8_lossy(&bytes).into_owned() }
}

/// What lies in a tenant's database, without the tables of workers.
fn kept(world: &World, number: usize) -> BTreeMap<String, Rows> {
    let mut all = contents(&world.config.tenants[number].data_folder.join("consult.db"));
    for table in OF_WORKERS {
        all.remove(table);
    }
    assert!(all["audit"].len() + all["counter"].len() > 1, "there is something to compare");
    all
}

fn is_about_things(path: &str) -> bool {
    beginnings(path).any(|beginning| matches!(stands_for(beginning), Some(Stands::Thing(_))))
        || path.contains("with=other")
}

#[test]
fn every_identifier_in_a_path_is_known_by_what_it_stands_for() {
    let unknown: BTreeSet<_> = mounted()
        .into_iter()
        .flat_map(|(_, path)| beginnings(path))
        .filter(|beginning| stands_for(beginning).is_none())
        .collect();
    assert!(unknown.is_empty(), "say in PARAMETERS of support/things.rs what the ends of these stand for: {unknown:?}");
}

#[tokio::test]
async fn another_patient_is_answered_on_every_route_as_if_it_were_not_there() {
    let world = World::start().await;
    let things = Things::about_anna(&world).await;
    let rows: Vec<Row> = rows().into_iter().filter(|(_, path, ..)| is_about_things(path)).collect();
    let strangers: Vec<String> =
        (0..rows.len().div_ceil(FOR_ONE_ACCOUNT)).map(|number| format!("stranger-{number}")).collect();
    for stranger in &strangers {
        world.get(stranger, "/me").await;
    }
    world.settle().await;
    let before = kept(&world, 0);
    for (stranger, some) in strangers.iter().zip(rows.chunks(FOR_ONE_ACCOUNT)) {
        for (method, path, gate, body) in some {
            let mut absent = said(world.send(stranger, method, &absent_path(path), body.clone()).await).await;
            absent.body = things.blind(&absent.body);
            let status = if gate.admits("patient") { 404 } else { 403 };
            assert_eq!(absent.status, status, "{method} {path}: {absent:?}");
            for there in things.paths(path) {
                let mut answer = said(world.send(stranger, method, &there, body.clone()).await).await;
                answer.body = things.blind(&answer.body);
                assert_eq!(answer, absent, "{method} {path}");
            }
        }
    }
    world.settle().await;
    let after = kept(&world, 0);
    for (table, rows) in &before {
        assert_eq!(&after[table], rows, "{table}");
    }
}

/// Whoever may pass a route's gate at the other tenant, by his token.
struct Neighbours {
    patient: String,
    supervisor: String,
    key: String,
}

impl Neighbours {
    /// New ones, who have asked for nothing yet.
    async fn come(world: &World, number: usize) -> Self {
        let (patient, supervisor) = (format!("patient-{number}"), format!("supervisor-{number}"));
        let new = json!({
            "user_id": format!("@{supervisor}:{NEIGHBOUR}"), "name": supervisor, "role": "supervisor", "queues": ["general"],
        });
        world.call_neighbour(VOLKOVA, "POST", "/operators", Some(new)).await.ok();
        let key = json!({ "name": format!("System {number}"), "scopes": SCOPES });
        let made = world.call_neighbour(VOLKOVA, "POST", "/api-keys", Some(key)).await.ok();
        world.call_neighbour(&patient, "GET", "/me", None).await.ok();
        let token = |who: &str| format!("token-{who}");
        let key = made["token"].as_str().unwrap().to_owned();
        Self { patient: token(&patient), supervisor: token(&supervisor), key }
    }

    fn who_pass(&self, (method, path, gate, _): &Row) -> Vec<&str> {
        let mut tokens: Vec<&str> = [("patient", &self.patient), ("supervisor", &self.supervisor)]
            .into_iter()
            .filter(|(role, _)| gate.admits(role))
            .map(|(_, token)| token.as_str())
            .collect();
        if PARTNERS.contains(&(*method, *path)) {
            tokens.push(&self.key);
        }
        tokens
    }
}

/// A request to the other tenant by a token.
async fn ask_neighbour(world: &World, token: &str, method: &str, path: &str, body: Option<Value>) -> Said {
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let request = Request::builder()
        .method(method)
        .uri(format!("/_consilium/v1{path}"))
        .header("host", NEIGHBOUR)
        .header("accept-language", "en")
        .header("authorization", format!("Bearer {token}"))
        // Systems open nothing without one.
        .header("idempotency-key", request_id())
        .body(body);
    said(world.raw(request.unwrap()).await).await
}

#[tokio::test]
async fn another_tenant_is_answered_on_every_route_as_if_it_were_not_there() {
    let world = World::start_with_neighbour().await;
    let things = Things::about_anna(&world).await;
    let before = kept(&world, 0);
    for (number, some) in rows().chunks(FOR_ONE_ACCOUNT).enumerate() {
        let neighbours = Neighbours::come(&world, number).await;
        for row in some {
            let (method, path, _, body) = row;
            let (named, unnamed) = (things.body(body.as_ref()), absent_body(body.as_ref()));
            if !is_about_things(path) && named == unnamed {
                continue;
            }
            for token in neighbours.who_pass(row) {
                let mut absent = ask_neighbour(&world, token, method, &absent_path(path), unnamed.clone()).await;
                absent.body = things.blind(&absent.body);
                let is_let_in = ![401, 403, 405, 429].contains(&absent.status) && absent.status < 500;
                assert!(is_let_in, "{method} {path}: {absent:?}");
                for there in things.paths(path) {
                    let mut answer = ask_neighbour(&world, token, method, &there, named.clone()).await;
                    answer.body = things.blind(&answer.body);
                    assert_eq!(answer, absent, "{method} {path}");
                }
            }
        }
    }
    world.settle().await;
    let after = kept(&world, 0);
    for (table, rows) in &before {
        assert_eq!(&after[table], rows, "{table}");
    }
}

#[tokio::test]
async fn no_route_shows_another_tenant_anything_that_is_there() {
    let world = World::start_with_neighbour().await;
    let things = Things::about_anna(&world).await;
    let mut shown_at_home = 0;
    for (number, some) in rows().chunks(FOR_ONE_ACCOUNT).enumerate() {
        let neighbours = Neighbours::come(&world, number).await;
        for row in some.iter().filter(|(method, path, ..)| *method == "GET" && !is_about_things(path)) {
            let path = absent_path(row.1);
            for token in neighbours.who_pass(row) {
                let answer = ask_neighbour(&world, token, "GET", &path, None).await;
                let found = things.all().find(|id| answer.body.contains(id));
                assert_eq!(found, None, "{path}");
            }
            world.pass(1);
            for who in [ANNA, VOLKOVA] {
                let answer = said(world.send(who, "GET", &path, None).await).await;
                shown_at_home += usize::from(things.all().any(|id| answer.body.contains(id)));
            }
        }
    }
    assert!(shown_at_home > 10, "the same lists show them at home: {shown_at_home}");
}

#[tokio::test]
async fn the_ways_of_other_clients_into_a_call_lead_a_stranger_nowhere() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    crate::call::call(&world, PETROVA, &talk).await;
    let room = talk["room_id"].as_str().unwrap();
    for (path, body) in [("sfu/get", sfu_get as fn(&str, &str) -> Value), ("get_token", get_token)] {
        let there = world.rtc(path, &body(BORIS, room)).await;
        let absent = world.rtc(path, &body(BORIS, "!nowhere")).await;
        assert_eq!((there.status.as_u16(), &there.body), (403, &absent.body), "{path}");
        assert_eq!(there.status, absent.status, "{path}");
    }
    let path = "v1/rtc/livekit/get_token";
    let there = world.passed_on(BORIS, path, &passed_token(room)).await;
    let absent = world.passed_on(BORIS, path, &passed_token("!nowhere")).await;
    assert_eq!((there.status.as_u16(), &there.body), (403, &absent.body));
}

#[tokio::test]
async fn a_token_of_one_tenant_is_none_at_another() {
    let world = World::start_with_neighbour().await;
    let things = Things::about_anna(&world).await;
    let key = json!({ "name": "Everything", "scopes": SCOPES });
    let made = world.post(VOLKOVA, "/api-keys", key).await;
    let token = made["token"].as_str().unwrap();
    for (method, path, _, body) in rows() {
        for path in things.paths(path) {
            let answer = ask_neighbour(&world, token, method, &path, body.clone()).await;
            assert_eq!(answer.status, 401, "{method} {path}: {answer:?}");
        }
    }
}
