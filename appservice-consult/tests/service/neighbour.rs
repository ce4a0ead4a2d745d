//! Two tenants in one service: what the one has in its archive and in its views the other neither finds nor sees, and is refused as what is not there.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, PETROVA, VOLKOVA, World};

use crate::full_text::{archived, find};
use crate::full_text_more::called_back;
use crate::retention::id;

async fn ask(world: &World, who: &str, method: &str, path: &str, body: Option<Value>) -> support::Answer {
    world.call_neighbour(who, method, path, body).await
}

/// What the neighbour finds.
async fn found_there(world: &World, body: Value) -> Value {
    ask(world, VOLKOVA, "POST", "/archive/search", Some(body)).await.ok()
}

#[tokio::test]
async fn nothing_of_another_tenants_archive_is_found_whatever_is_asked() {
    let world = World::start_with_neighbour().await;
    let talk = archived(&world, ANNA, &["The knee hurts"]).await;
    let ordered = called_back(&world, ANNA, "The knee again", "Speaks slowly").await;
    let here = find(&world, VOLKOVA, "knee").await;
    assert_eq!(here["total"], 2, "there is something to find");
    let patient = here["items"][1]["consultation"]["patient"]["id"].clone();
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    for narrowing in [
        json!({}),
        json!({ "patient": patient }),
        json!({ "operator": petrova }),
        json!({ "queue": "general" }),
        json!({ "held": false }),
        json!({ "conclusion": false }),
    ] {
        for text in ["knee", "kne*", "\"the knee\""] {
            let mut body = json!({ "text": text });
            body.as_object_mut().unwrap().extend(narrowing.as_object().unwrap().clone());
            let there = found_there(&world, body).await;
            let seen = (&there["items"], &there["total"], &there["next_cursor"], &there["to_index"]);
            assert_eq!(seen, (&json!([]), &json!(0), &Value::Null, &json!(0)), "{text} {narrowing}");
        }
        // Each is a search of that tenant's, and searches are not without end.
        world.pass(60);
    }
    let page = crate::full_text::search_for(&world, VOLKOVA, json!({ "text": "knee", "limit": 1 })).await.ok();
    let further = found_there(&world, json!({ "text": "knee", "cursor": page["next_cursor"] })).await;
    assert_eq!(further["items"], json!([]), "the place in the one's list is none in the other's");
    for path in [
        format!("/archive/{}", id(&talk)),
        format!("/callbacks/{}", id(&ordered)),
        format!("/callbacks/{}/record", id(&ordered)),
    ] {
        assert!(world.call(VOLKOVA, "GET", &path, None).await.status.is_success(), "{path}");
        let there = ask(&world, VOLKOVA, "GET", &path, None).await;
        there.problem(404, "not-found");
        let absent = path.replace(id(&talk), "nothing").replace(id(&ordered), "nothing");
        let absent = ask(&world, VOLKOVA, "GET", &absent, None).await;
        assert_eq!((there.status, &there.body["detail"]), (absent.status, &absent.body["detail"]), "{path}");
    }
    for path in ["/archive", "/callbacks?view=all"] {
        assert_eq!(ask(&world, VOLKOVA, "GET", path, None).await.ok()["total"], 0, "{path}");
    }
    let audit = world.get(VOLKOVA, "/audit?action=archive.searched").await;
    let there = ask(&world, VOLKOVA, "GET", "/audit?action=archive.searched", None).await.ok();
    assert_eq!((&audit["total"], &there["total"]), (&json!(2), &json!(19)), "each has its own searches in its log");
}

#[tokio::test]
async fn views_are_shared_with_nobody_of_another_tenant() {
    let world = World::start_with_neighbour().await;
    let view = |name: &str| json!({ "name": name, "section": "waiting", "query": "queue=general" });
    let everybody = json!({ "with": "everybody" });
    let mut shared = view("Desk");
    shared["sharing"] = everybody.clone();
    let shared = world.post(VOLKOVA, "/views", shared).await;
    let own = world.post(PETROVA, "/views", view("Mine")).await;
    let names = |views: &Value| {
        let views = views["views"].as_array().unwrap().iter();
        views.map(|view| view["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&world.get(PETROVA, "/views").await).len(), 2, "hers, and the supervisor's");
    for who in [PETROVA, VOLKOVA] {
        let there = ask(&world, who, "GET", "/views", None).await.ok();
        assert_eq!(names(&there), [""; 0], "{who}");
    }
    for (who, view) in [(VOLKOVA, &shared), (PETROVA, &own), (VOLKOVA, &own), (PETROVA, &shared)] {
        let change = json!({
            "version": view["version"], "name": "Taken", "section": "waiting", "query": "queue=general", "order": view["order"],
            "sharing": { "with": "nobody" }, "removed": true,
        });
        let there = ask(&world, who, "PUT", &format!("/views/{}", id(view)), Some(change.clone())).await;
        there.problem(404, "not-found");
        let absent = ask(&world, who, "PUT", "/views/nothing", Some(change)).await;
        assert_eq!((there.status, &there.body["detail"]), (absent.status, &absent.body["detail"]), "{who}");
    }
    // The same names are free there, and what is shared there is not seen here.
    let mut theirs = view("Desk");
    theirs["sharing"] = everybody;
    ask(&world, VOLKOVA, "POST", "/views", Some(theirs)).await.ok();
    assert_eq!(names(&ask(&world, PETROVA, "GET", "/views", None).await.ok()), ["Desk"]);
    let here = world.get(PETROVA, "/views").await;
    assert_eq!(names(&here).len(), 2);
    assert!(here["views"].as_array().unwrap().iter().all(|view| view["name"] != "Taken"), "{here}");
}
