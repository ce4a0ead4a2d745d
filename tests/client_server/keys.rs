//! Device keys, one-time keys, cross-signing, signatures.

use consilium_harness::{FakeAppservice, User, World, segment};
use ruma::{
    CanonicalJsonObject,
    serde::{Base64, base64::Standard},
    signatures::{Ed25519KeyPair, sign_json},
};
use serde_json::{Value, json};

const UPLOAD: &str = "/_matrix/client/v3/keys/upload";
const QUERY: &str = "/_matrix/client/v3/keys/query";
const CLAIM: &str = "/_matrix/client/v3/keys/claim";
const SIGNING: &str = "/_matrix/client/v3/keys/device_signing/upload";
const SIGNATURES: &str = "/_matrix/client/v3/keys/signatures/upload";

/// A signing key, with its public part as it is named.
struct Signer {
    pair: Ed25519KeyPair,
    public: String,
}

impl Signer {
    fn new() -> Self {
        let document = Ed25519KeyPair::generate();
        let pair = Ed25519KeyPair::from_der(&document, "x".to_owned()).expect("a key");
        let public = Base64::<Standard>::new(pair.public_key().to_vec()).encode();
        let pair = Ed25519KeyPair::from_der(&document, public.clone()).expect("a key");
        Self { pair, public }
    }

    /// A key that a device signs with is named by the device.
    fn of_device(device: &str) -> Self {
        let document = Ed25519KeyPair::generate();
        let pair = Ed25519KeyPair::from_der(&document, device.to_owned()).expect("a key");
        let public = Base64::<Standard>::new(pair.public_key().to_vec()).encode();
        Self { pair, public }
    }

    fn sign(&self, user: &str, value: &Value) -> Value {
        let mut object: CanonicalJsonObject = serde_json::from_value(value.clone()).expect("an object");
        sign_json(user, &self.pair, &mut object).expect("it can be signed");
        serde_json::to_value(object).expect("JSON")
    }

    fn cross_signing(&self, user: &str, usage: &str) -> Value {
        json!({ "user_id": user, "usage": [usage], "keys": { format!("ed25519:{}", self.public): self.public } })
    }
}

fn device_keys(user: &User, signer: &Signer) -> Value {
    let keys = json!({
        "user_id": user.id,
        "device_id": user.device,
        "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
        "keys": {
            format!("curve25519:{}", user.device): "curve",
            format!("ed25519:{}", user.device): signer.public,
        },
    });
    signer.sign(&user.id, &keys)
}

fn one_time_key(n: u32) -> Value {
    json!({ "key": format!("key{n:05}"), "signatures": {} })
}

async fn upload_one_time_keys(user: &User, ids: impl IntoIterator<Item = u32>) -> Value {
    let keys: Value = ids.into_iter().map(|n| (format!("signed_curve25519:K{n:03}"), one_time_key(n))).collect();
    user.post(UPLOAD, json!({ "one_time_keys": keys })).await.ok()["one_time_key_counts"].clone()
}

async fn claim(asker: &User, owner: &User) -> Value {
    let body = json!({ "one_time_keys": { owner.id.clone(): { owner.device.clone(): "signed_curve25519" } } });
    asker.post(CLAIM, body).await.ok()["one_time_keys"][&owner.id][&owner.device].clone()
}

async fn query(asker: &User, owner: &User) -> Value {
    asker.post(QUERY, json!({ "device_keys": { owner.id.clone(): [] } })).await.ok()
}

#[tokio::test]
async fn device_keys_are_published_with_the_devices_name() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let keys = device_keys(&alice, &Signer::of_device(&alice.device));
    alice.post(UPLOAD, json!({ "device_keys": keys })).await.ok();
    let path = format!("/_matrix/client/v3/devices/{}", alice.device);
    alice.put(&path, json!({ "display_name": "Phone" })).await.ok();
    let mut expected = keys;
    expected["unsigned"] = json!({ "device_display_name": "Phone" });
    assert_eq!(query(&bob, &alice).await["device_keys"][&alice.id][&alice.device], expected);
    let one = json!({ "device_keys": { alice.id.clone(): ["OTHER"] } });
    assert_eq!(bob.post(QUERY, one).await.ok()["device_keys"][&alice.id], json!({}));
    let nobody = json!({ "device_keys": { "@nobody:hs.test": [] } });
    assert_eq!(bob.post(QUERY, nobody).await.ok()["device_keys"]["@nobody:hs.test"], json!({}));
    let elsewhere = json!({ "device_keys": { "@x:other.test": [] } });
    assert!(bob.post(QUERY, elsewhere).await.ok()["failures"]["other.test"].is_object());
    bob.post(QUERY, json!({ "device_keys": { alice.id: { "x": 1 } } })).await.refused(400, "M_BAD_JSON");
}

#[tokio::test]
async fn keys_of_somebody_else_are_refused() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let other = world.sign_in("alice").await;
    let upload = |keys: Value| alice.post(UPLOAD, json!({ "device_keys": keys }));
    upload(device_keys(&bob, &Signer::of_device("X"))).await.refused(400, "M_INVALID_PARAM");
    upload(device_keys(&other, &Signer::of_device("X"))).await.refused(400, "M_INVALID_PARAM");
    upload(json!({ "user_id": alice.id, "device_id": alice.device })).await.refused(400, "M_BAD_JSON");
    assert_eq!(query(&bob, &alice).await["device_keys"][&alice.id], json!({}));
}

#[tokio::test]
async fn one_time_keys_are_counted_and_uploading_them_again_changes_nothing() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    assert_eq!(alice.post(UPLOAD, json!({})).await.ok()["one_time_key_counts"], json!({ "signed_curve25519": 0 }));
    assert_eq!(upload_one_time_keys(&alice, 0..2).await, json!({ "signed_curve25519": 2 }));
    assert_eq!(upload_one_time_keys(&alice, 0..2).await, json!({ "signed_curve25519": 2 }));
    assert_eq!(upload_one_time_keys(&alice, 1..3).await, json!({ "signed_curve25519": 3 }));
    let other = json!({ "one_time_keys": { "signed_curve25519:K001": { "key": "another", "signatures": {} } } });
    alice.post(UPLOAD, other).await.refused(400, "M_INVALID_PARAM");
    let order = json!({ "one_time_keys": { "signed_curve25519:K001": { "signatures": {}, "key": "key00001" } } });
    alice.post(UPLOAD, order).await.ok();
    let wrong = json!({ "one_time_keys": { "signed_curve25519:K009": { "nokey": 1 } } });
    alice.post(UPLOAD, wrong).await.refused(400, "M_BAD_JSON");
}

#[tokio::test]
async fn one_time_keys_are_claimed_in_the_order_of_upload_and_never_twice() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    upload_one_time_keys(&alice, [5, 7]).await;
    upload_one_time_keys(&alice, [1]).await;
    assert_eq!(claim(&bob, &alice).await, json!({ "signed_curve25519:K005": one_time_key(5) }));
    // The owner did not see the answer to his upload and sends the same keys again.
    assert_eq!(upload_one_time_keys(&alice, [5, 7]).await, json!({ "signed_curve25519": 2 }));
    assert_eq!(claim(&bob, &alice).await, json!({ "signed_curve25519:K007": one_time_key(7) }));
    assert_eq!(claim(&bob, &alice).await, json!({ "signed_curve25519:K001": one_time_key(1) }));
    assert_eq!(claim(&bob, &alice).await, Value::Null);
}

#[tokio::test]
async fn many_at_once_never_get_the_same_one_time_key() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    upload_one_time_keys(&alice, 0..40).await;
    let claims = futures_util::future::join_all((0..40).map(|_| claim(&bob, &alice))).await;
    let mut ids: Vec<String> =
        claims.iter().filter_map(|claimed| claimed.as_object()?.keys().next().cloned()).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), all), (40, 40), "a key was handed out twice, or not at all");
    let left = alice.post(UPLOAD, json!({})).await.ok()["one_time_key_counts"]["signed_curve25519"].as_u64();
    assert_eq!(left, Some(0));
}

#[tokio::test]
async fn the_fallback_key_is_handed_out_when_the_others_have_run_out() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    upload_one_time_keys(&alice, [1]).await;
    let fallback = json!({ "key": "fallback", "fallback": true, "signatures": {} });
    let body = json!({ "fallback_keys": { "signed_curve25519:F1": fallback } });
    assert_eq!(alice.post(UPLOAD, body).await.ok()["one_time_key_counts"], json!({ "signed_curve25519": 1 }));
    let tenant = world.tenant().await;
    let view = tenant.store.view();
    let user = ruma::UserId::parse(&alice.id).expect("an id");
    let key = tenant.ids.user(&*view, &user).await.expect("read").expect("known");
    let device = alice.device.as_str().into();
    let unused =
        || async { tenant.keys.counts(&*tenant.store.view(), key, device).await.expect("read").unused_fallback_keys };
    assert_eq!(unused().await, ["signed_curve25519"]);
    assert_eq!(claim(&bob, &alice).await, json!({ "signed_curve25519:K001": one_time_key(1) }));
    assert_eq!(claim(&bob, &alice).await, json!({ "signed_curve25519:F1": fallback }));
    assert_eq!(claim(&bob, &alice).await, json!({ "signed_curve25519:F1": fallback }));
    assert_eq!(unused().await, [""; 0]);
    let body = json!({ "fallback_keys": { "signed_curve25519:F2": fallback } });
    alice.post(UPLOAD, body).await.ok();
    assert_eq!(unused().await, ["signed_curve25519"]);
}

#[tokio::test]
async fn a_device_takes_its_keys_with_it() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    upload_one_time_keys(&alice, 0..3).await;
    let keys = device_keys(&alice, &Signer::of_device(&alice.device));
    alice.post(UPLOAD, json!({ "device_keys": keys })).await.ok();
    alice.post("/_matrix/client/v3/logout", json!({})).await.ok();
    assert_eq!(query(&bob, &alice).await["device_keys"][&alice.id], json!({}));
    assert_eq!(claim(&bob, &alice).await, Value::Null);
}

/// A user's three cross-signing keys.
struct CrossSigning {
    master: Signer,
    self_signing: Signer,
    user_signing: Signer,
}

impl CrossSigning {
    fn new() -> Self {
        Self { master: Signer::new(), self_signing: Signer::new(), user_signing: Signer::new() }
    }

    fn body(&self, user: &str) -> Value {
        json!({
            "master_key": self.master.cross_signing(user, "master"),
            "self_signing_key": self.master.sign(user, &self.self_signing.cross_signing(user, "self_signing")),
            "user_signing_key": self.master.sign(user, &self.user_signing.cross_signing(user, "user_signing")),
        })
    }
}

#[tokio::test]
async fn the_first_cross_signing_keys_need_no_proof_and_new_ones_do() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let first = CrossSigning::new();
    alice.post(SIGNING, first.body(&alice.id)).await.ok();
    alice.post(SIGNING, first.body(&alice.id)).await.ok();

    let second = CrossSigning::new();
    let asked = alice.post(SIGNING, second.body(&alice.id)).await;
    assert_eq!(asked.status, 401, "{asked}");
    assert_eq!(asked.json()["flows"], json!([{ "stages": ["m.login.password"] }]));
    let seen = query(&bob, &alice).await;
    assert!(seen["master_keys"][&alice.id]["keys"][format!("ed25519:{}", first.master.public)].is_string());
    let mut body = second.body(&alice.id);
    body["auth"] = json!({
        "type": "m.login.password", "identifier": { "type": "m.id.user", "user": "alice" }, "password": "alice-password",
    });
    alice.post(SIGNING, body).await.ok();

    let seen = query(&bob, &alice).await;
    assert!(seen["master_keys"][&alice.id]["keys"][format!("ed25519:{}", second.master.public)].is_string());
    assert!(seen["self_signing_keys"][&alice.id].is_object());
    assert_eq!(seen["user_signing_keys"], json!({}));
    assert!(query(&alice, &alice).await["user_signing_keys"][&alice.id].is_object());
}

#[tokio::test]
async fn cross_signing_keys_that_the_master_key_did_not_sign_are_refused() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let keys = CrossSigning::new();
    let mut forged = keys.body(&alice.id);
    forged["self_signing_key"] =
        Signer::new().sign(&alice.id, &keys.self_signing.cross_signing(&alice.id, "self_signing"));
    alice.post(SIGNING, forged).await.refused(400, "M_INVALID_SIGNATURE");
    let mut alone = keys.body(&alice.id);
    alone.as_object_mut().expect("an object").remove("master_key");
    alice.post(SIGNING, alone).await.refused(400, "M_MISSING_PARAM");
    alice.post(SIGNING, keys.body(&bob.id)).await.refused(400, "M_INVALID_PARAM");
    let mut usage = keys.body(&alice.id);
    usage["master_key"] = keys.master.cross_signing(&alice.id, "self_signing");
    alice.post(SIGNING, usage).await.refused(400, "M_BAD_JSON");
    assert_eq!(query(&bob, &alice).await["master_keys"], json!({}));
    alice.post(SIGNING, keys.body(&alice.id)).await.ok();
}

#[tokio::test]
async fn an_application_service_sets_cross_signing_keys_without_proof() {
    let keeper = FakeAppservice::listen("keeper").await;
    let world = World::builder().appservice(keeper.registration()).start().await;
    let user = keeper.user(&world, "keeper", Some("KEEPER1")).await;
    user.post(SIGNING, CrossSigning::new().body(&user.id)).await.ok();
    user.post(SIGNING, CrossSigning::new().body(&user.id)).await.ok();
    let mut without = user;
    without.query = format!("user_id={}", segment(&without.id));
    without.post(UPLOAD, json!({ "one_time_keys": {} })).await.refused(400, "M_MISSING_PARAM");
}

#[tokio::test]
async fn valid_signatures_are_published_and_each_wrong_one_is_named() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let (device, cross) = (Signer::of_device(&alice.device), CrossSigning::new());
    let keys = device_keys(&alice, &device);
    alice.post(UPLOAD, json!({ "device_keys": keys })).await.ok();
    alice.post(SIGNING, cross.body(&alice.id)).await.ok();

    let signed_device = cross.self_signing.sign(&alice.id, &keys);
    let master = cross.master.cross_signing(&alice.id, "master");
    let signed_master = device.sign(&alice.id, &master);
    let mut changed = keys.clone();
    changed["algorithms"] = json!([]);
    let body = json!({ alice.id.clone(): {
        alice.device.clone(): signed_device,
        cross.master.public.clone(): signed_master,
        "NOBODY": keys,
    } });
    let failures = alice.post(SIGNATURES, body).await.ok()["failures"].clone();
    assert_eq!(failures[&alice.id].as_object().expect("one").len(), 1);
    assert_eq!(failures[&alice.id]["NOBODY"]["errcode"], "M_NOT_FOUND");

    let forged = json!({ alice.id.clone(): { alice.device.clone(): Signer::new().sign(&alice.id, &keys) } });
    let failures = alice.post(SIGNATURES, forged).await.ok()["failures"].clone();
    assert_eq!(failures[&alice.id][&alice.device]["errcode"], "M_INVALID_SIGNATURE");
    let other = json!({ alice.id.clone(): { alice.device.clone(): cross.self_signing.sign(&alice.id, &changed) } });
    let failures = alice.post(SIGNATURES, other).await.ok()["failures"].clone();
    assert_eq!(failures[&alice.id][&alice.device]["errcode"], "M_INVALID_PARAM");

    let bob = world.user("bob").await;
    let seen = query(&bob, &alice).await;
    let signature = |key: &str| format!("ed25519:{key}");
    let on_device = &seen["device_keys"][&alice.id][&alice.device]["signatures"][&alice.id];
    assert!(
        on_device[signature(&cross.self_signing.public)].is_string() && on_device[signature(&alice.device)].is_string()
    );
    assert!(seen["master_keys"][&alice.id]["signatures"][&alice.id][signature(&alice.device)].is_string());
}

#[tokio::test]
async fn whom_a_user_verified_is_seen_by_himself_only() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let (of_alice, of_bob) = (CrossSigning::new(), CrossSigning::new());
    alice.post(SIGNING, of_alice.body(&alice.id)).await.ok();
    bob.post(SIGNING, of_bob.body(&bob.id)).await.ok();
    let master = of_bob.master.cross_signing(&bob.id, "master");
    let signed = of_alice.user_signing.sign(&alice.id, &master);
    let body = json!({ bob.id.clone(): { of_bob.master.public.clone(): signed } });
    assert_eq!(alice.post(SIGNATURES, body).await.ok()["failures"], json!({}));
    let signature = |seen: &Value| seen["master_keys"][&bob.id]["signatures"][&alice.id].is_object();
    assert!(signature(&query(&alice, &bob).await));
    assert!(!signature(&query(&bob, &bob).await));
    assert!(!signature(&query(&carol, &bob).await));
    let device =
        json!({ bob.id.clone(): { bob.device.clone(): of_alice.user_signing.sign(&alice.id, &json!({ "x": "y" })) } });
    let failures = alice.post(SIGNATURES, device).await.ok()["failures"].clone();
    assert_eq!(failures[&bob.id][&bob.device]["errcode"], "M_NOT_FOUND");
}

#[tokio::test]
async fn changes_between_two_tokens_are_told_on_demand() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let changes = async |from: &str, to: &str| {
        bob.get(&format!("/_matrix/client/v3/keys/changes?from={from}&to={to}")).await.ok()
    };
    let first = bob.sync().await;
    upload_one_time_keys(&alice, [1]).await;
    let keys = json!({ "device_keys": device_keys(&alice, &Signer::of_device(&alice.device)) });
    alice.post(UPLOAD, keys).await.ok();
    let keys = json!({ "device_keys": device_keys(&carol, &Signer::of_device(&carol.device)) });
    carol.post(UPLOAD, keys).await.ok();
    let second = bob.sync_since(first.next_batch(), 0).await;
    let between = changes(first.next_batch(), second.next_batch()).await;
    assert_eq!(between, json!({ "changed": [alice.id], "left": [] }), "carol shares no room");
    assert_eq!(between["changed"], second.0["device_lists"]["changed"]);
    alice.leave(&room).await;
    let third = bob.sync_since(second.next_batch(), 0).await;
    let later = changes(second.next_batch(), third.next_batch()).await;
    assert_eq!(later, json!({ "changed": [], "left": [alice.id] }));
    bob.get("/_matrix/client/v3/keys/changes?from=x&to=y").await.refused(400, "M_INVALID_PARAM");
    bob.get("/_matrix/client/v3/keys/changes?from=x").await.refused(400, "M_MISSING_PARAM");
}
