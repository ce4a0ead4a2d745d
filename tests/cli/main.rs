//! The binary as people start it: what it refuses, what it prints, how it stops.

#![expect(clippy::unwrap_used, reason = "tests")]

mod demo;
mod doctor;
mod init;
mod installation;
mod process;
mod upgrade;

use std::path::Path;

use nix::sys::signal::Signal;
use process::{Running, ask, consilium, get, post, refusal, run, text};
use serde_json::Value;

#[test]
fn dev_says_when_it_is_ready_and_stops_by_either_signal() {
    for signal in [Signal::SIGTERM, Signal::SIGINT] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let arguments = ["dev", "--listen", "127.0.0.1:0", "--data-dir", data.to_str().unwrap()];
        let (mut dev, line) = Running::start(&arguments, "ready");
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&ready["ready"], &ready["pid"]), (&true.into(), &dev.pid().into()));
        let base_url = ready["base_url"].as_str().unwrap();
        let address = base_url.strip_prefix("http://").unwrap();
        let (status, body) = get(address, "/_matrix/client/versions", address);
        assert!(status == 200 && body.contains("\"v1.11\""), "{body}");
        let (_, body) = get(address, "/.well-known/matrix/client", address);
        assert!(body.contains(base_url), "{body}");
        assert_eq!(get(address, "/health", "anything").0, 200);
        assert_eq!(get(address, "/_matrix/client/versions", "another.host").0, 200, "dev answers every host");
        let (well, rest) = dev.stop(signal);
        assert!(well && rest.is_empty(), "{rest}");
        assert!(data.join("tenants/dev/secrets").is_dir());
    }
}

#[test]
fn dev_does_what_its_flags_say_and_keeps_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "dev",
        "--listen",
        "127.0.0.1:0",
        "--data-dir",
        folder.path().to_str().unwrap(),
        "--server-name",
        "other.test",
        "--registration-shared-secret",
        "hush",
        "--default-room-version",
        "11",
    ];
    let begin = || {
        let (dev, line) = Running::start(&arguments, "ready");
        let ready: Value = serde_json::from_str(&line).unwrap();
        (dev, ready["base_url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned())
    };
    let (mut dev, address) = begin();
    let (status, nonce) = get(&address, "/_synapse/admin/v1/register", &address);
    assert!(status == 200 && nonce.contains("\"nonce\""), "{nonce}");
    let anna = r#"{"username":"anna","password":"a long password","auth":{"type":"m.login.dummy"}}"#;
    let (status, made) = post(&address, "/_matrix/client/v3/register", anna);
    assert!(status == 200 && made.contains("\"@anna:other.test\""), "{made}");
    let token = made.split_once("\"access_token\":\"").and_then(|(_, rest)| rest.split('"').next()).unwrap();
    let head = format!("host: {address}\r\nauthorization: Bearer {token}\r\nconnection: close");
    let (_, told) = ask(&address, &format!("GET /_matrix/client/v3/capabilities HTTP/1.1\r\n{head}\r\n\r\n"));
    assert!(told.contains("\"default\":\"11\""), "{told}");
    assert!(dev.stop(Signal::SIGTERM).0);

    let (_dev, address) = begin();
    let taken = post(&address, "/_matrix/client/v3/register", anna);
    assert!(taken.0 == 400 && taken.1.contains("M_USER_IN_USE"), "what was there is there again: {}", taken.1);
}

#[test]
fn dev_refuses_an_address_that_others_reach() {
    let message = refusal(&["dev", "--listen", "0.0.0.0:8008"]);
    assert!(message.contains("not a loopback address") && message.contains("127.0.0.1"), "{message}");
}

#[test]
fn dev_names_what_is_wrong_with_its_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let dev = |more: &[&str]| refusal(&[&["dev", "--listen", "127.0.0.1:0", "--data-dir", data], more].concat());
    assert!(dev(&["--server-name", "a b"]).contains("server_name"));
    assert!(dev(&["--default-room-version", "13"]).contains("10, 11, 12"));
    let message = dev(&["--appservice", "absent.yaml"]);
    assert!(message.contains("absent.yaml cannot be read"), "{message}");
    let wrong = folder.path().join("wrong.yaml");
    std::fs::write(&wrong, "id: 1").unwrap();
    let message = dev(&["--appservice", wrong.to_str().unwrap()]);
    assert!(message.contains("wrong.yaml is refused"), "{message}");
}

#[test]
fn an_address_in_use_is_named_with_the_remedy() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let message = refusal(&["dev", "--listen", &address, "--data-dir", folder.path().to_str().unwrap()]);
    assert!(message.contains(&address) && message.contains("stop what listens there"), "{message}");
}

/// A configuration of a bare homeserver in `folder`.
fn write_config(folder: &Path, more: &str) -> String {
    let file = folder.join("consilium.toml");
    let text = format!(
        "[listeners]\npublic = \"127.0.0.1:0\"\nconsole = \"127.0.0.1:0\"\n[consult]\nenabled = false\n\
         [tenants.clinic]\nserver_name = \"clinic.example\"\n\
         origins = {{ public = \"http://127.0.0.1:0\", console = \"http://localhost:0\" }}\n{more}"
    );
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn serve_refuses_what_is_wrong_and_names_key_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let message = refusal(&["serve", "--config", folder.path().join("none.toml").to_str().unwrap()]);
    assert!(message.contains("none.toml") && message.contains("cannot be read"), "{message}");
    let file = write_config(folder.path(), "brands = \"x\"\n");
    let message = refusal(&["serve", "--config", &file]);
    assert!(message.contains("tenants.clinic.brands") && message.contains("Did you mean `brand`?"), "{message}");
    let file = write_config(folder.path(), "brand = \"absent\"\n");
    let message = refusal(&["serve", "--config", &file]);
    assert!(message.contains("tenants.clinic.brand") && message.contains("holds brand.toml"), "{message}");
    let file = write_config(folder.path(), "[log]\nfilter = \"a=b=c\"\n");
    let message = refusal(&["serve", "--config", &file]);
    assert!(message.contains("log.filter") && message.contains("use a level"), "{message}");
}

#[test]
fn a_variable_that_names_no_setting_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = write_config(folder.path(), "");
    let output =
        consilium(&["serve", "--config", &file]).env("CONSILIUM__LISTENER__PUBLIC", "127.0.0.1:1").output().unwrap();
    assert!(!output.status.success() && text(&output.stderr).contains("CONSILIUM__LISTENER__PUBLIC"));
}

#[test]
fn a_created_tenant_is_listed_and_a_wrong_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = write_config(folder.path(), "");
    let create = |slug: &str, name: &str, public: &str| {
        run(&["tenant", "create", "--config", &file, slug, "--server-name", name, "--public", public])
    };
    let created = create("law", "law.example", "https://law.example");
    assert!(created.status.success(), "{}", text(&created.stderr));
    let list = text(&run(&["tenant", "list", "--config", &file]).stdout);
    assert_eq!(list, "clinic\tclinic.example\thttp://127.0.0.1:0\t-\nlaw\tlaw.example\thttps://law.example\t-\n");

    let before = std::fs::read_to_string(&file).unwrap();
    for (slug, name, public, reason) in [
        ("law", "x.example", "https://x.example", "exists already"),
        ("two", "law.example", "https://two.example", "belongs to tenant `law`"),
        ("two", "two.example", "http://two.example", "use https"),
        ("Two", "two.example", "https://two.example", "not a tenant slug"),
        ("two", "two.example", "two.example", "is not an origin"),
    ] {
        let refused = create(slug, name, public);
        assert!(!refused.status.success() && text(&refused.stderr).contains(reason), "{}", text(&refused.stderr));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    }
}
