//! An operator who was moved on, with everything that he ever had and requests of his own making.

use consilium_harness::{System, User, segment};
use consilium_keeper::test_client::TestClient;
use serde_json::json;

use crate::people::{API, Asked, ask, enter, operator, patient, plain, system, take, until};

const BEFORE: &str = "said while Petrova was there";
const AFTER: &str = "said when Petrova was gone";

#[tokio::test(flavor = "multi_thread")]
async fn who_was_moved_on_reads_nothing_said_afterwards_whatever_he_asks() {
    let system = system().await;
    let mut anna = patient(&system, "anna").await;
    let (mut petrova, mut sokolov) = (operator(&system, "petrova").await, operator(&system, "sokolov").await);
    let asked = ask(&system, &mut anna).await;
    anna.say(&asked.room, "asked before anybody was there").await.unwrap();
    take(&system, &mut petrova, &asked).await;
    anna.sync().await.unwrap();
    anna.say(&asked.room, BEFORE).await.unwrap();
    petrova.sync().await.unwrap();
    let read = petrova.texts(&asked.room).await.unwrap();
    assert!(read.contains(&Some(BEFORE.to_owned())), "{read:?}");

    hand_over(&system, &petrova, &mut sokolov, &asked).await;
    gone(&mut anna, &petrova, &asked).await;
    let file = anna.upload_file("m.file", "result.pdf", "application/pdf", b"%PDF-1.7 found").await.unwrap();
    let media = file["file"]["url"].as_str().unwrap().strip_prefix("mxc://").unwrap().to_owned();
    let file = anna.encrypt(&asked.room, file).await.unwrap();
    let file = anna.put_event(&asked.room, "m.room.encrypted", file).await.unwrap();
    let after = anna.say(&asked.room, AFTER).await.unwrap();
    let later = [file, after];
    the_session_is_new(&anna, &petrova, &asked.room, &later).await;

    sokolov.sync().await.unwrap();
    let read = sokolov.texts(&asked.room).await.unwrap();
    for said in ["asked before anybody was there", BEFORE, AFTER] {
        assert!(read.contains(&Some(said.to_owned())), "the successor reads the whole history: {read:?}");
    }

    let _ = petrova.sync().await;
    let _ = petrova.accept_bundle(&asked.room, consilium_harness::KEEPER).await;
    let read = petrova.texts(&asked.room).await.unwrap_or_default();
    assert!(!read.contains(&Some(AFTER.to_owned())), "{read:?}");
    nothing_by_plain_requests(&plain(&system, &petrova), &asked, &later, &media).await;

    let close = plain(&system, &sokolov).post(&format!("{API}/consultations/{}/close", asked.id), json!({})).await;
    close.ok();
    gone(&mut anna, &sokolov, &asked).await;
    let last = anna.say(&asked.room, "said when everybody was gone").await.unwrap();
    the_session_is_new(&anna, &sokolov, &asked.room, std::slice::from_ref(&last)).await;
    nothing_by_plain_requests(&plain(&system, &sokolov), &asked, &[last], &media).await;
}

async fn hand_over(system: &System, from: &TestClient, to: &mut TestClient, asked: &Asked) {
    let colleague = plain(system, to).get(&format!("{API}/me")).await.ok()["operator"]["id"].clone();
    let body = json!({ "to": { "operator_id": colleague }, "note": "Yours, please." });
    plain(system, from).post(&format!("{API}/consultations/{}/transfer", asked.id), body).await.ok();
    let answer = plain(system, to).post(&format!("{API}/consultations/{}/take", asked.id), json!({})).await;
    assert!([200, 409].contains(&answer.status.as_u16()), "taken, or his already: {}", answer.json());
    enter(to, &asked.room).await;
}

/// Until the patient's app has heard that he left.
async fn gone(anna: &mut TestClient, operator: &TestClient, asked: &Asked) {
    let path = ["client", "v3", "rooms", asked.room.as_str(), "joined_members"];
    until("he is out of the room", || async {
        let members = anna.get(&path, &[]).await.unwrap();
        members["joined"].get(operator.user_id()).is_none().then_some(())
    })
    .await;
    anna.sync().await.unwrap();
}

/// What was said later is encrypted by sessions that he never had.
async fn the_session_is_new(anna: &TestClient, operator: &TestClient, room: &str, later: &[String]) {
    let had = operator.sessions(room).await.unwrap();
    assert!(!had.is_empty(), "he had keys");
    for message in anna.read(room).await.unwrap() {
        if later.contains(&message.event_id) {
            assert!(!message.session_id.is_empty() && !had.contains(&message.session_id), "{message:?}");
        }
    }
}

async fn nothing_by_plain_requests(operator: &User, asked: &Asked, later: &[String], media: &str) {
    let room = segment(&asked.room);
    let client = "/_matrix/client/v3";
    let mut paths = vec![
        format!("{client}/rooms/{room}/messages?dir=b&limit=100"),
        format!("{client}/rooms/{room}/messages?dir=f&limit=100"),
        format!("{client}/sync?timeout=0&full_state=true"),
        format!("{client}/rooms/{room}/state"),
        format!("{client}/rooms/{room}/members"),
        format!("{client}/room_keys/keys"),
        format!("{API}/consultations/{}", asked.id),
        format!("{API}/archive/{}", asked.id),
    ];
    for event in later {
        let event = segment(event);
        paths.push(format!("{client}/rooms/{room}/event/{event}"));
        paths.push(format!("{client}/rooms/{room}/context/{event}"));
        paths.push(format!("/_matrix/client/v1/rooms/{room}/relations/{event}"));
    }
    for path in paths {
        let answer = operator.get(&path).await;
        let text = String::from_utf8_lossy(&answer.bytes).into_owned();
        assert!(answer.status.as_u16() < 500, "{path}: {text}");
        for event in later {
            // The desk's rows name the last event; that is no word of it.
            let is_error = answer.status.as_u16() >= 400;
            let is_of_the_desk = path.starts_with(API);
            assert!(
                is_error || is_of_the_desk || !text.contains(&format!("\"{event}\"")),
                "{path} shows {event}: {text}"
            );
        }
        assert!(!text.contains(AFTER), "{path}: {text}");
    }
    let keys = operator.post(&format!("{API}/conversations/{}/history-keys", asked.conversation), json!({})).await;
    assert!([403, 404, 409].contains(&keys.status.as_u16()), "the keeper gives him nothing more: {}", keys.json());
    let join = operator.post(&format!("{client}/join/{room}"), json!({})).await;
    join.refused(403, "M_FORBIDDEN");
    let say = operator.put(&format!("{client}/rooms/{room}/send/m.room.message/again"), json!({ "body": "?" })).await;
    say.refused(403, "M_FORBIDDEN");
    let found = operator.get(&format!("/_matrix/client/v1/media/download/{media}")).await;
    assert!(!found.bytes.windows(5).any(|part| part == b"found"), "what can be fetched is ciphertext");
}
