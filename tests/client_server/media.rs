//! Uploads, downloads, ranges, thumbnails.

use std::{
    io::Cursor,
    time::{Duration, SystemTime},
};

use consilium_harness::{Answer, FakeAppservice, User, World};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use serde_json::{Value, json};

const UPLOAD: &str = "/_matrix/media/v3/upload";
const DOWNLOAD: &str = "/_matrix/client/v1/media/download";

/// Server name and media id of an answer that has a `content_uri`.
fn path_of(answer: &Value) -> String {
    let uri = answer["content_uri"].as_str().expect("a uri");
    uri.strip_prefix("mxc://").expect("an mxc uri").to_owned()
}

async fn upload(user: &User, kind: &str, bytes: &[u8]) -> String {
    path_of(&user.send_bytes(Method::POST, UPLOAD, kind, bytes.to_vec()).await.ok())
}

/// After everything that a test writes.
fn far_future() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365 * 200)
}

async fn with_header(user: &User, path: &str, name: &str, value: &str) -> Answer {
    let request = user.request(Method::GET, path).header(name, value);
    let response = request.send().await.expect("it is answered");
    let (status, headers) = (response.status(), response.headers().clone());
    Answer { request: path.to_owned(), status, headers, bytes: response.bytes().await.expect("whole").to_vec() }
}

#[tokio::test]
async fn what_was_uploaded_is_downloaded_with_a_token_only() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let bytes: Vec<u8> = (0..=250).cycle().take(300_000).collect();
    let answer = alice.send_bytes(Method::POST, &format!("{UPLOAD}?filename=%D1%84.bin"), "a/b", bytes.clone()).await;
    let media = path_of(&answer.ok());
    let got = bob.get(&format!("{DOWNLOAD}/{media}")).await;
    assert_eq!(got.bytes, bytes);
    assert_eq!(got.header("content-type"), "a/b");
    assert_eq!(got.header("content-disposition"), "attachment; filename*=utf-8''%D1%84.bin");
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert!(got.header("content-security-policy").starts_with("sandbox;"));
    assert_eq!(got.header("cross-origin-resource-policy"), "cross-origin");
    let named = bob.get(&format!("{DOWNLOAD}/{media}/other.bin")).await;
    assert_eq!(named.header("content-disposition"), "attachment; filename=other.bin");

    world.get(&format!("{DOWNLOAD}/{media}")).await.refused(401, "M_MISSING_TOKEN");
    for version in ["r0", "v3"] {
        world.get(&format!("/_matrix/media/{version}/download/{media}")).await.refused(404, "M_NOT_FOUND");
        world
            .get(&format!("/_matrix/media/{version}/thumbnail/{media}?width=1&height=1"))
            .await
            .refused(404, "M_NOT_FOUND");
    }
    bob.get(&format!("{DOWNLOAD}/hs.test/unknown")).await.refused(404, "M_NOT_FOUND");
    bob.get(&format!("{DOWNLOAD}/other.test/abc")).await.refused(404, "M_NOT_FOUND");
    world.post(UPLOAD, json!({})).await.refused(401, "M_MISSING_TOKEN");
}

#[tokio::test]
async fn ranges_give_parts_and_known_content_is_not_sent_again() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let media = upload(&alice, "text/plain", b"0123456789").await;
    let path = format!("{DOWNLOAD}/{media}");
    let part = with_header(&alice, &path, "range", "bytes=2-4").await;
    assert_eq!((part.status.as_u16(), &*part.bytes), (206, b"234".as_slice()));
    assert_eq!(part.header("content-range"), "bytes 2-4/10");
    let last = with_header(&alice, &path, "range", "bytes=-3").await;
    assert_eq!((last.status.as_u16(), &*last.bytes), (206, b"789".as_slice()));
    let outside = with_header(&alice, &path, "range", "bytes=10-").await;
    assert_eq!((outside.status.as_u16(), outside.header("content-range")), (416, "bytes */10"));
    let whole = with_header(&alice, &path, "range", "bytes=0-1,3-4").await;
    assert_eq!((whole.status.as_u16(), &*whole.bytes), (200, b"0123456789".as_slice()));
    assert_eq!(whole.header("content-disposition"), "inline");
    let again = with_header(&alice, &path, "if-none-match", whole.header("etag")).await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
}

#[tokio::test]
async fn an_upload_over_the_limit_is_refused_and_leaves_nothing() {
    let world = World::builder().configure(|config| config.media.upload_bytes_max = 1_000).start().await;
    let alice = world.user("alice").await;
    let config = json!({ "m.upload.size": 1_000 });
    assert_eq!(alice.get("/_matrix/client/v1/media/config").await.ok(), config);
    assert_eq!(alice.get("/_matrix/media/v3/config").await.ok(), config);
    world.get("/_matrix/client/v1/media/config").await.refused(401, "M_MISSING_TOKEN");
    alice.send_bytes(Method::POST, UPLOAD, "a/b", vec![0; 1_001]).await.refused(413, "M_TOO_LARGE");
    // Also where the size is not said before.
    let chunks = (0..3).map(|_| Ok::<_, std::io::Error>(vec![0_u8; 500]));
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(chunks));
    let response = alice.request(Method::POST, UPLOAD).body(body).send().await.expect("it is answered");
    assert_eq!(response.status(), 413);
    upload(&alice, "a/b", &[0; 1_000]).await;
    let blobs = world.tenant().await.media.sweep(far_future()).await;
    assert_eq!(blobs.expect("swept"), 0, "only the accepted content lies there");
}

#[tokio::test]
async fn a_quota_counts_what_is_stored() {
    let world = World::builder().configure(|config| config.media.tenant_bytes_max = 1_000).start().await;
    let alice = world.user("alice").await;
    upload(&alice, "a/b", &[1; 600]).await;
    alice.send_bytes(Method::POST, UPLOAD, "a/b", vec![2; 600]).await.refused(403, "M_RESOURCE_LIMIT_EXCEEDED");
    upload(&alice, "a/b", &[3; 400]).await;
}

#[tokio::test]
async fn the_same_content_is_stored_once_and_goes_with_its_last_id() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let first = upload(&alice, "a/b", b"same").await;
    let second = upload(&bob, "c/d", b"same").await;
    assert_ne!(first, second);
    let media = world.tenant().await.media.clone();
    let later = far_future();
    let id = |path: &str| path.rsplit('/').next().expect("an id").to_owned();
    media.delete(&id(&first)).await.expect("deleted");
    assert_eq!(media.sweep(later).await.expect("swept"), 0);
    alice.get(&format!("{DOWNLOAD}/{first}")).await.refused(404, "M_NOT_FOUND");
    let kept = alice.get(&format!("{DOWNLOAD}/{second}")).await;
    assert_eq!((&*kept.bytes, kept.header("content-type")), (b"same".as_slice(), "c/d"));
    media.delete(&id(&second)).await.expect("deleted");
    assert_eq!(media.sweep(later).await.expect("swept"), 1);
}

#[tokio::test]
async fn content_may_come_after_its_id() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let created = alice.post("/_matrix/media/v1/create", json!({})).await.ok();
    assert!(created["unused_expires_at"].as_u64().is_some_and(|at| at > 0));
    let media = path_of(&created);
    let path = format!("{DOWNLOAD}/{media}");
    bob.get(&format!("{path}?timeout_ms=0")).await.refused(504, "M_NOT_YET_UPLOADED");
    let put = format!("{UPLOAD}/{media}");
    bob.send_bytes(Method::PUT, &put, "a/b", b"x".to_vec()).await.refused(403, "M_FORBIDDEN");
    let patient = format!("{path}?timeout_ms=10000");
    let (waited, ()) = tokio::join!(bob.get(&patient), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        alice.send_bytes(Method::PUT, &put, "text/plain", b"late".to_vec()).await.ok();
    });
    assert_eq!((waited.status.as_u16(), &*waited.bytes), (200, b"late".as_slice()));
    alice.send_bytes(Method::PUT, &put, "a/b", b"x".to_vec()).await.refused(409, "M_CANNOT_OVERWRITE_MEDIA");
    let unknown = format!("{UPLOAD}/hs.test/unknown");
    alice.send_bytes(Method::PUT, &unknown, "a/b", b"x".to_vec()).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn only_so_many_ids_wait_for_content() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    for _ in 0..50 {
        alice.post("/_matrix/media/v1/create", json!({})).await.ok();
    }
    alice.post("/_matrix/media/v1/create", json!({})).await.refused(429, "M_LIMIT_EXCEEDED");
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 100]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

#[tokio::test]
async fn thumbnails_are_scaled_or_cropped_to_the_configured_sizes() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    for (format, kind) in [
        (ImageFormat::Png, "image/png"),
        (ImageFormat::Jpeg, "image/jpeg"),
        (ImageFormat::Gif, "image/gif"),
        (ImageFormat::WebP, "image/webp"),
    ] {
        let media = upload(&alice, kind, &picture(1_000, 500, format)).await;
        let thumbnail = |query: &str| {
            let path = format!("/_matrix/client/v1/media/thumbnail/{media}?{query}");
            let alice = &alice;
            async move {
                let answer = alice.get(&path).await;
                answer.clone().ok();
                let image = image::load_from_memory(&answer.bytes).expect("a picture");
                (image.width(), image.height(), answer.header("content-type").to_owned())
            }
        };
        let jpeg = "image/jpeg".to_owned();
        assert_eq!(thumbnail("width=300&height=100").await, (320, 160, jpeg.clone()));
        assert_eq!(thumbnail("width=300&height=100&method=scale").await, (320, 160, jpeg.clone()));
        assert_eq!(thumbnail("width=32&height=32&method=crop").await, (32, 32, jpeg.clone()));
        assert_eq!(thumbnail("width=5000&height=5000&method=scale&animated=true").await, (800, 400, jpeg));
    }
    let small = picture(20, 20, ImageFormat::Png);
    let media = upload(&alice, "image/png", &small).await;
    let path = format!("/_matrix/client/v1/media/thumbnail/{media}?width=100&height=100");
    assert_eq!(alice.get(&path).await.bytes, small);
}

#[tokio::test]
async fn thumbnails_of_what_is_no_picture_or_too_large_a_one_are_refused() {
    let world = World::builder().configure(|config| config.media.thumbnail_source_pixels_max = 10_000).start().await;
    let alice = world.user("alice").await;
    let path = |media: &str| format!("/_matrix/client/v1/media/thumbnail/{media}?width=10&height=10");
    let text = upload(&alice, "image/png", b"not a picture").await;
    alice.get(&path(&text)).await.refused(400, "M_UNKNOWN");
    let large = upload(&alice, "image/png", &picture(200, 200, ImageFormat::Png)).await;
    alice.get(&path(&large)).await.refused(413, "M_TOO_LARGE");
    let query = |query: &str| format!("/_matrix/client/v1/media/thumbnail/{text}{query}");
    alice.get(&query("")).await.refused(400, "M_MISSING_PARAM");
    alice.get(&query("?width=0&height=5")).await.refused(400, "M_INVALID_PARAM");
    alice.get(&query("?width=-1&height=5")).await.refused(400, "M_INVALID_PARAM");
    alice.get(&query("?width=5&height=5&method=melt")).await.refused(400, "M_INVALID_PARAM");
}

#[tokio::test]
async fn media_survive_a_restart() {
    let world = World::builder().on_disk().start().await;
    let alice = world.user("alice").await;
    let media = upload(&alice, "a/b", b"kept").await;
    let world = world.restart().await;
    assert_eq!(alice.at(&world).get(&format!("{DOWNLOAD}/{media}")).await.bytes, b"kept");
}

#[tokio::test]
async fn an_application_service_removes_a_medium_and_nobody_else_does() {
    let bridge = FakeAppservice::listen("bridge").await;
    let world = World::builder().appservice(bridge.registration()).start().await;
    let alice = world.user("alice").await;
    let keeper = bridge.user(&world, "bridge_keeper", None).await;
    let (gone, same) = (upload(&alice, "a/b", b"same").await, upload(&alice, "a/b", b"same").await);
    let remove = |media: &str| format!("/_matrix/client/unstable/chat.consilium/media/{media}");
    alice.delete(&remove(&gone)).await.refused(403, "M_FORBIDDEN");
    assert_eq!(alice.get(&format!("{DOWNLOAD}/{gone}")).await.bytes, b"same");
    keeper.delete(&remove(&gone)).await.ok();
    alice.get(&format!("{DOWNLOAD}/{gone}")).await.refused(404, "M_NOT_FOUND");
    assert_eq!(alice.get(&format!("{DOWNLOAD}/{same}")).await.bytes, b"same", "the content is another medium's too");
    for absent in [gone.as_str(), "hs.test/never", "elsewhere.test/1"] {
        keeper.delete(&remove(absent)).await.refused(404, "M_NOT_FOUND");
    }
    keeper.delete(&remove(&same)).await.ok();
    assert_eq!(world.tenant().await.media.sweep(far_future()).await.expect("swept"), 1);
}
