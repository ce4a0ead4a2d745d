//! Push rules: reading and changing them.

use consilium_harness::{World, segment};
use serde_json::{Value, json};

const RULES: &str = "/_matrix/client/v3/pushrules/";

#[tokio::test]
async fn the_predefined_rules_are_there_and_can_be_changed_but_not_deleted() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let all = alice.get(RULES).await.ok();
    assert_eq!(alice.get(&format!("{RULES}global/")).await.ok(), all["global"]);
    let ids = |kind: &str| -> Vec<String> {
        let rules = all["global"][kind].as_array().cloned().unwrap_or_default();
        rules.iter().filter_map(|rule| rule["rule_id"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(ids("override").first().map(String::as_str), Some(".m.rule.master"));
    for id in [".m.rule.suppress_notices", ".m.rule.invite_for_me", ".m.rule.is_user_mention", ".m.rule.reaction"] {
        assert!(ids("override").iter().any(|known| known == id), "{id}");
    }
    for id in [".m.rule.call", ".m.rule.encrypted_room_one_to_one", ".m.rule.message", ".m.rule.encrypted"] {
        assert!(ids("underride").iter().any(|known| known == id), "{id}");
    }
    let master = format!("{RULES}global/override/.m.rule.master");
    assert_eq!(alice.get(&format!("{master}/enabled")).await.ok(), json!({ "enabled": false }));
    alice.put(&format!("{master}/enabled"), json!({ "enabled": true })).await.ok();
    assert_eq!(alice.get(&master).await.ok()["enabled"], true);
    alice.delete(&master).await.refused(400, "M_INVALID_PARAM");
    let message = format!("{RULES}global/underride/.m.rule.message/actions");
    alice.put(&message, json!({ "actions": ["notify", { "set_tweak": "highlight" }] })).await.ok();
    assert_eq!(alice.get(&message).await.ok()["actions"][0], "notify");
    let [bob] = world.users(["bob"]).await;
    assert_eq!(
        bob.get(&format!("{master}/enabled")).await.ok(),
        json!({ "enabled": false }),
        "rules are each user's own"
    );
}

#[tokio::test]
async fn own_rules_are_made_placed_and_deleted() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let path = |id: &str| format!("{RULES}global/content/{id}");
    let rule = |pattern: &str| json!({ "actions": ["notify"], "pattern": pattern });
    alice.put(&path("one"), rule("a")).await.ok();
    alice.put(&path("two"), rule("b")).await.ok();
    alice.put(&format!("{}?after=one", path("three")), rule("c")).await.ok();
    alice.put(&format!("{}?before=one", path("four")), rule("d")).await.ok();
    let order = async || -> Vec<String> {
        let rules = alice.get(RULES).await.ok()["global"]["content"].as_array().cloned().unwrap_or_default();
        rules
            .iter()
            .filter_map(|rule| rule["rule_id"].as_str().map(str::to_owned))
            .filter(|id| !id.starts_with('.'))
            .collect()
    };
    assert_eq!(order().await, ["two", "four", "one", "three"]);
    alice.put(&format!("{}?after=three", path("two")), rule("e")).await.ok();
    assert_eq!(order().await, ["four", "one", "three", "two"]);
    assert_eq!(alice.get(&path("two")).await.ok()["pattern"], "e");
    alice.put(&format!("{}?after=unknown", path("five")), rule("x")).await.refused(400, "M_UNKNOWN");
    alice.put(&format!("{}?before=one", path("one")), rule("x")).await.refused(400, "M_UNKNOWN");
    alice.put(&path(".reserved"), rule("x")).await.refused(400, "M_INVALID_PARAM");
    alice.put(&path("no-pattern"), json!({ "actions": [] })).await.refused(400, "M_BAD_JSON");
    alice.put(&format!("{RULES}global/nonsense/x"), rule("x")).await.refused(400, "M_INVALID_PARAM");
    alice.put(&format!("{RULES}global/room/notaroom"), json!({ "actions": [] })).await.refused(400, "M_INVALID_PARAM");
    alice.delete(&path("one")).await.ok();
    alice.delete(&path("one")).await.refused(404, "M_NOT_FOUND");
    alice.get(&path("one")).await.refused(404, "M_NOT_FOUND");
    alice.put(&format!("{}/enabled", path("one")), json!({ "enabled": true })).await.refused(404, "M_NOT_FOUND");
    assert_eq!(order().await, ["four", "three", "two"]);
}

#[tokio::test]
async fn rules_come_with_the_first_sync_and_when_they_change() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let rules_of = |synced: &Value| -> Option<Value> {
        let events = synced["account_data"]["events"].as_array()?;
        events.iter().find(|event| event["type"] == "m.push_rules").map(|event| event["content"].clone())
    };
    let first = alice.sync().await;
    assert_eq!(rules_of(&first.0), Some(alice.get(RULES).await.ok()));
    let quiet = alice.sync_since(first.next_batch(), 0).await;
    assert_eq!(rules_of(&quiet.0), None);
    let rule = json!({ "actions": ["notify"], "pattern": "ward" });
    alice.put(&format!("{RULES}global/content/ward"), rule).await.ok();
    let changed = alice.sync_since(quiet.next_batch(), 0).await;
    let rules = rules_of(&changed.0).expect("they changed");
    assert_eq!(rules["global"]["content"][0]["rule_id"], "ward", "{rules}");
    let data = "/_matrix/client/v3/user/@alice:hs.test/account_data/m.push_rules";
    assert_eq!(alice.get(data).await.ok(), rules);
    assert_eq!(rules_of(&alice.sync_since(changed.next_batch(), 0).await.0), None);
    let without = segment(r#"{"account_data":{"not_types":["m.push_rules"]}}"#);
    let synced = alice.get(&format!("/_matrix/client/v3/sync?filter={without}")).await.ok();
    assert_eq!(rules_of(&synced), None);
}
