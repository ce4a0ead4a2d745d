//! A large file goes through the process in pieces, up and down: it is never held whole.

use consilium_harness::System;
use reqwest::Method;

/// Twice what it may cost, so that one copy of it anywhere shows. Unit: bytes.
const FILE_BYTES: usize = 64 << 20;
/// What one that is under way may cost at most. Unit: MiB.
const COST_MIB_MAX: f64 = 32.0;
const KIND: &str = "application/octet-stream";

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_never_held_whole() {
    let system = System::start(env!("CARGO_BIN_EXE_consilium")).await;
    system.account("anna");
    let anna = system.sign_in("anna").await;
    let upload = async |content: Vec<u8>| {
        let answer = anna.send_bytes(Method::POST, "/_matrix/media/v3/upload", KIND, content).await.ok();
        answer["content_uri"].as_str().unwrap().strip_prefix("mxc://").unwrap().to_owned()
    };
    let download = async |id: &str| anna.get(&format!("/_matrix/client/v1/media/download/{id}")).await.bytes;
    // What the first one costs, however small it is, is not the file's.
    let small = upload(vec![7; 1 << 20]).await;
    assert_eq!(download(&small).await.len(), 1 << 20);

    let content: Vec<u8> = (0..=250).cycle().take(FILE_BYTES).collect();
    let before = system.peak_mib();
    let large = upload(content.clone()).await;
    let after_upload = system.peak_mib();
    assert!(download(&large).await == content, "it comes back as it went");
    let after_download = system.peak_mib();
    let costs = (after_upload - before, after_download - after_upload);
    assert!(costs.0 <= COST_MIB_MAX && costs.1 <= COST_MIB_MAX, "MiB up and down: {costs:?}");
}
