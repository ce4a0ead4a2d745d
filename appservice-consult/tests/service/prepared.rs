//! Tags, canned replies and macros of the brand folder: taken in at a start, never over what the console changed, and written back by an export.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::Brand;
use consilium_config::brand::{EndingKind, PreparedEnding, PreparedMacro, PreparedReply, PreparedTag, TagColor};
use serde_json::{Value, json};
use support::{ANNA, PETROVA, VOLKOVA, World};

fn tag(id: &str, name: &str) -> PreparedTag {
    PreparedTag { id: id.to_owned(), name: [("en", name)].into(), color: TagColor::Info }
}

fn reply(id: &str, shortcut: &str, text: &str) -> PreparedReply {
    PreparedReply {
        id: id.to_owned(),
        language: "en".to_owned(),
        title: "Greeting".to_owned(),
        shortcut: shortcut.to_owned(),
        queues: Vec::new(),
        files: Vec::new(),
        text: text.to_owned(),
    }
}

fn closing(files: &[&str]) -> PreparedMacro {
    PreparedMacro {
        id: "closing".to_owned(),
        title: "Close it".to_owned(),
        shortcut: "close".to_owned(),
        queues: vec!["general".to_owned()],
        files: files.iter().map(|&file| file.to_owned()).collect(),
        remove_tags: Vec::new(),
        add_tags: vec!["answered".to_owned()],
        note: Some("Closed by a macro".to_owned()),
        texts: [("en", "Goodbye, {{patient.name}}.")].into(),
        ending: Some(PreparedEnding { kind: EndingKind::Close, minutes: None, queue: None, note: None }),
    }
}

fn brings(brand: &mut Brand) {
    brand.tags = vec![tag("answered", "Answered"), tag("urgent", "Urgent")];
    brand.canned = vec![reply("hello", "hello", "Good day, {{patient.name}}.")];
    brand.macros = vec![closing(&[])];
}

async fn all(world: &World, path: &str, list: &str) -> Vec<Value> {
    world.get(VOLKOVA, path).await[list].as_array().unwrap().clone()
}

async fn tags(world: &World) -> Vec<(String, bool)> {
    let all = all(world, "/tags", "tags").await;
    let text = |tag: &Value| (tag["name"].as_str().unwrap().to_owned(), tag["archived"] == true);
    all.iter().map(text).collect()
}

async fn only(world: &World, path: &str, list: &str) -> Value {
    let all = all(world, path, list).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

async fn exported(world: &World) -> (String, Brand) {
    let response = world.send(VOLKOVA, "GET", "/settings/export", None).await;
    let bytes = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let brand = toml::from_str(&text).unwrap();
    (text, brand)
}

fn named(names: &[(&str, bool)]) -> Vec<(String, bool)> {
    names.iter().map(|(name, archived)| ((*name).to_owned(), *archived)).collect()
}

#[tokio::test]
async fn a_desk_begins_with_what_its_folder_brings() {
    let world = World::start_as(brings).await;
    assert_eq!(tags(&world).await, named(&[("Answered", false), ("Urgent", false)]));
    let hello = only(&world, "/canned", "canned").await;
    assert_eq!((&hello["id"], &hello["scope"], &hello["version"]), (&json!("hello"), &json!("shared"), &json!(1)));
    assert_eq!(hello["changed_by"]["name"], "Brand");
    let closing = only(&world, "/macros", "macros").await;
    assert_eq!(closing["content"]["add_tags"], json!(["answered"]));
    assert!(all(&world, "/operators", "operators").await.iter().all(|one| one["id"] != "brand"), "he is nobody");
    // It runs as one that was made here does.
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/macros/closing", talk["id"].as_str().unwrap());
    let wish = json!({ "version": closing["version"], "request_id": support::request_id() });
    let closed = world.post(PETROVA, &path, wish).await;
    assert_eq!((&closed["phase"], &closed["tags"][0]["name"]), (&json!("archived"), &json!("Answered")));
    // The same folder at the next start is no news.
    let world = world.restart().await;
    assert_eq!(only(&world, "/canned", "canned").await["version"], 1);
    assert_eq!(only(&world, "/macros", "macros").await["version"], 1);
}

#[tokio::test]
async fn what_nobody_changed_follows_the_folder_and_what_somebody_did_stays() {
    let world = World::start_as(brings).await;
    let hello = only(&world, "/canned", "canned").await;
    let mut change = json!({ "version": 1 });
    for field in ["title", "shortcut", "language", "queues"] {
        change[field] = hello[field].clone();
    }
    change["text"] = json!("Hello there.");
    world.call(VOLKOVA, "PUT", "/canned/hello", Some(change)).await.ok();
    let urgent = json!({ "version": 1, "names": { "en": "At once" }, "color": "danger", "archived": false });
    world.call(VOLKOVA, "PUT", "/tags/urgent", Some(urgent)).await.ok();

    let world = world
        .restart_with(|brand| {
            brand.tags = vec![tag("answered", "Was answered"), tag("urgent", "Very urgent")];
            brand.canned[0].text = "Good evening.".to_owned();
            brand.macros[0].title = "Close this".to_owned();
        })
        .await;
    assert_eq!(tags(&world).await, named(&[("Was answered", false), ("At once", false)]));
    assert_eq!(only(&world, "/canned", "canned").await["text"], "Hello there.");
    assert_eq!(only(&world, "/macros", "macros").await["content"]["title"], "Close this");

    // What the folder has no more goes out of use, where it is still the folder's.
    let world = world
        .restart_with(|brand| {
            brand.tags.clear();
            brand.canned.clear();
            brand.macros.clear();
        })
        .await;
    assert_eq!(tags(&world).await, named(&[("Was answered", true), ("At once", false)]));
    assert_eq!(only(&world, "/canned", "canned").await["text"], "Hello there.");
    assert_eq!(only(&world, "/macros", "macros").await["archived"], true);

    // And it comes back with the folder; what the console removed does not.
    world.call(VOLKOVA, "DELETE", "/canned/hello", None).await;
    let world = world.restart_with(brings).await;
    assert_eq!(tags(&world).await, named(&[("Answered", false), ("At once", false)]));
    assert_eq!(all(&world, "/canned", "canned").await, [] as [Value; 0]);
    assert_eq!(only(&world, "/macros", "macros").await["archived"], false);
}

#[tokio::test]
async fn what_stands_against_the_console_is_left_out_and_comes_when_it_does_so_no_more() {
    let world = World::start().await;
    let own = json!({ "scope": "shared", "title": "T", "shortcut": "hello", "language": "en", "text": "Mine" });
    let own = world.post(VOLKOVA, "/canned", own).await;
    let world = world.restart_with(brings).await;
    assert_eq!(only(&world, "/canned", "canned").await["text"], "Mine");
    assert_eq!(tags(&world).await.len(), 2, "nothing else is kept away");
    world.call(VOLKOVA, "DELETE", &format!("/canned/{}", own["id"].as_str().unwrap()), None).await;
    let world = world.restart().await;
    assert_eq!(only(&world, "/canned", "canned").await["id"], "hello");
}

#[tokio::test]
async fn an_export_writes_back_what_is_in_use_and_another_desk_begins_with_it() {
    let world = World::start_as(brings).await;
    let made = world
        .post(VOLKOVA, "/tags", json!({ "names": { "en": "Made here", "ru": "Отсюда" }, "color": "danger" }))
        .await;
    let away = json!({ "version": 1, "names": { "en": "Urgent" }, "color": "info", "archived": true });
    world.call(VOLKOVA, "PUT", "/tags/urgent", Some(away)).await.ok();
    let personal = json!({ "scope": "personal", "title": "T", "shortcut": "my", "language": "en", "text": "Mine" });
    world.post(PETROVA, "/canned", personal).await;
    let hold = json!({
        "title": "Wait", "shortcut": "wait", "add_tags": [made["id"]], "note": "Waits", "ending": { "kind": "hold", "minutes": 30 },
    });
    world.post(VOLKOVA, "/macros", hold).await;
    let (text, brand) = exported(&world).await;
    assert!(!text.starts_with('#'), "nothing is left out: {text}");
    let ids: Vec<&str> = brand.tags.iter().map(|tag| tag.id.as_str()).collect();
    assert!(ids.contains(&"answered") && ids.contains(&made["id"].as_str().unwrap()) && ids.len() == 2, "{ids:?}");
    assert_eq!(brand.canned, [reply("hello", "hello", "Good day, {{patient.name}}.")]);
    assert_eq!(brand.macros.len(), 2);
    let closing_again = brand.macros.iter().find(|one| one.id == "closing").unwrap();
    assert_eq!(*closing_again, closing(&[]));

    let other = World::start_as(|other| *other = brand.clone()).await;
    assert_eq!(all(&other, "/macros", "macros").await.len(), 2);
    assert_eq!(tags(&other).await.len(), 2);
    // In the folder of the same desk it changes nothing.
    let before = all(&world, "/macros", "macros").await;
    let world = world.restart_with(|same| *same = brand).await;
    assert_eq!(all(&world, "/macros", "macros").await, before);
}

#[tokio::test]
async fn files_come_from_the_folder_and_what_no_folder_can_bring_is_named_at_the_head_of_an_export() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("files")).unwrap();
    std::fs::write(folder.path().join("files/goodbye.pdf"), b"%PDF goodbye").unwrap();
    let path = folder.path().to_owned();
    let with_file = |brand: &mut Brand| {
        brings(brand);
        brand.folder.clone_from(&path);
        brand.macros = vec![closing(&["files/goodbye.pdf"])];
    };
    let world = World::start_as(with_file).await;
    let closing = only(&world, "/macros", "macros").await;
    let file = &closing["content"]["files"][0];
    assert_eq!((&file["name"], &file["media_type"]), (&json!("goodbye.pdf"), &json!("application/pdf")));
    let (text, brand) = exported(&world).await;
    assert_eq!((text.starts_with('#'), &brand.macros[0].files), (false, &vec!["files/goodbye.pdf".to_owned()]));

    let own = json!({ "name": "own.pdf", "media_type": "application/pdf", "content": "YQ==" });
    let own = world.post(VOLKOVA, "/files", own).await;
    let mut content = closing["content"].clone();
    content["files"] = json!([file, own]);
    content["mentions"] = json!([world.get(PETROVA, "/me").await["operator"]["id"]]);
    let change = json!({ "version": 1, "content": content, "archived": false });
    world.call(VOLKOVA, "PUT", "/macros/closing", Some(change)).await.ok();
    let (text, brand) = exported(&world).await;
    let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
    assert!(head.len() == 3 && head[1].contains("own.pdf") && head[2].contains("macros.closing.note"), "{head:?}");
    assert_eq!(brand.macros[0].files, ["files/goodbye.pdf"]);

    // Another content of a file is news; here the console has changed the macro, and it stays.
    std::fs::write(folder.path().join("files/goodbye.pdf"), b"%PDF farewell").unwrap();
    let world = world.restart().await;
    assert_eq!(only(&world, "/macros", "macros").await["version"], 2);
}

#[tokio::test]
async fn files_of_replies_come_from_the_folder_too_and_go_back_into_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("prices.pdf"), b"%PDF prices").unwrap();
    let path = folder.path().to_owned();
    let world = World::start_as(|brand| {
        brand.folder.clone_from(&path);
        let files = vec!["prices.pdf".to_owned()];
        brand.canned = vec![PreparedReply { files, ..reply("prices", "prices", "Here they are.") }];
    })
    .await;
    let first = only(&world, "/canned", "canned").await;
    assert_eq!((&first["files"][0]["name"], &first["version"]), (&json!("prices.pdf"), &json!(1)));
    let (text, brand) = exported(&world).await;
    assert_eq!((text.starts_with('#'), &brand.canned[0].files), (false, &vec!["prices.pdf".to_owned()]));

    let world = world.restart().await;
    assert_eq!(only(&world, "/canned", "canned").await, first, "the same says nothing new");
    std::fs::write(folder.path().join("prices.pdf"), b"%PDF new prices").unwrap();
    let world = world.restart().await;
    let news = only(&world, "/canned", "canned").await;
    assert_eq!(news["version"], 2, "another content of a file is news");
    assert_ne!(news["files"][0]["id"], first["files"][0]["id"]);

    let own = json!({ "name": "own.pdf", "media_type": "application/pdf", "content": "YQ==" });
    let own = world.post(VOLKOVA, "/files", own).await;
    let change = json!({
        "version": 2, "title": "Prices", "shortcut": "prices", "language": "en", "text": "Here.",
        "files": [news["files"][0], own],
    });
    world.call(VOLKOVA, "PUT", "/canned/prices", Some(change)).await.ok();
    let (text, brand) = exported(&world).await;
    let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
    assert!(head.len() == 2 && head[1].contains("canned.prices.files: own.pdf"), "{head:?}");
    assert_eq!(brand.canned[0].files, ["prices.pdf"]);
}
