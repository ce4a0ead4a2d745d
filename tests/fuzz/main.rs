//! Requests of every shape at every operation of the API's document, as each role sends them: no answer is a 5xx, and each is one that the document knows.
//!
//! The requests are made by schemathesis (`requirements.txt` beside this file) for the real binary, whose document says what may be sent. They are the same in
//! every run. `tests/test.sh` installs it and runs this as a step of its own; alone, from the root of the repository:
//!
//! ```sh
//! bash -c 'source deploy/setup.sh; need_schemathesis; cargo test --workspace --test fuzz -- --ignored --nocapture'
//! ```
//!
//! Deliberately absent: whether an answer's body is what its schema says; the apps' types are made of the same document, and their tests read the bodies.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;

use consilium_harness::System;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::process::Command;

/// Requests at each operation, by a role that may pass some of its gates. With all of them together a minute of two cores is not used up.
const EXAMPLES: u32 = 3;
/// The same without a token: the gate alone is tried.
const EXAMPLES_OF_NOBODY: u32 = 1;
/// A little less than one account may ask, so that few answers only say to come again.
const RATE: &str = "35/s";
/// What an answer must be.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance";
/// Operations that are left out: a stream has no end; who has deleted his account, or the demonstration with it, tries nothing any more; and where there is no media
/// server, whoever calls is told so by a 503.
const LEFT_OUT: [&str; 5] = ["stream", "delete_me", "remove_demo", "start_call", "call_back"];
/// Requests that all roles together send at least; fewer would mean that something was not tried.
const REQUESTS_MIN: f64 = 800.0;
/// When something hangs.
const PATIENCE: Duration = Duration::from_mins(4);

/// What makes the requests.
fn schemathesis() -> PathBuf {
    let named = std::env::var_os("CONSILIUM_SCHEMATHESIS");
    named.expect("CONSILIUM_SCHEMATHESIS names the program; `need_schemathesis` in deploy/setup.sh installs it").into()
}

/// A run over a document, at a place or a file.
fn run(document: &str, system: &System, token: Option<&str>, examples: u32) -> Command {
    let mut command = Command::new(schemathesis());
    command.args(["--no-color", "run", document, "--url", &format!("{}/_consilium/v1", system.url())]);
    command.args(["--checks", CHECKS, "--phases", "examples,fuzzing", "--max-examples", &examples.to_string()]);
    command.args(["--workers", "1", "--rate-limit", RATE, "--request-timeout", "20"]);
    command.args(["--generation-deterministic", "--no-shrink", "--suppress-health-check", "all", "--warnings", "off"]);
    for operation in LEFT_OUT {
        command.args(["--exclude-operation-id", operation]);
    }
    if let Some(token) = token {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
        command.args(["--generation-with-security-parameters", "false"]);
    }
    // What it remembers of other runs would make this one another.
    command.current_dir(system.folder()).env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1").kill_on_drop(true);
    command
}

async fn output(mut command: Command) -> Output {
    let output = tokio::time::timeout(PATIENCE, command.output());
    output.await.expect("it ends").expect("schemathesis can be started")
}

fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The value of every line of a metric that holds `part`, added up.
async fn counted(system: &System, part: &str) -> f64 {
    let text = system.http().get(system.metrics_url()).send().await.unwrap().text().await.unwrap();
    let lines = text.lines().filter(|line| line.starts_with("consilium_http_requests_total") && line.contains(part));
    lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
}

/// One of each role, with something to find.
async fn tokens(system: &System) -> Vec<(&'static str, Option<String>, u32)> {
    system.account("anna");
    system.staff("petrova", "operator");
    // The first supervisor administers, the second does not.
    system.staff("volkova", "supervisor");
    system.staff("second", "supervisor");
    let mut tokens = vec![("nobody", None, EXAMPLES_OF_NOBODY)];
    for (role, name) in
        [("patient", "anna"), ("operator", "petrova"), ("supervisor", "second"), ("administrator", "volkova")]
    {
        let user = system.sign_in(name).await;
        let me = user.get("/_consilium/v1/me").await.ok();
        assert_eq!(me["operator"]["role"].as_str().or(me["role"].as_str()), Some(role), "{me}");
        if role == "patient" {
            user.agree().await;
            let ask = json!({ "queue_id": "therapist", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
            user.post("/_consilium/v1/consultations", ask).await.ok();
        }
        tokens.push((role, Some(user.token.clone()), EXAMPLES));
    }
    tokens
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "tests/test.sh runs it as a step of its own, with what it needs installed and nothing else running"]
async fn no_request_of_any_shape_by_any_role_gets_an_answer_that_the_document_does_not_know() {
    let system = System::start(env!("CARGO_BIN_EXE_consilium")).await;
    let tokens = tokens(&system).await;
    let document = format!("{}/_consilium/v1/openapi.json", system.url());
    let before = counted(&system, "").await;
    let runs = tokens.iter().map(|(role, token, examples)| {
        let command = run(&document, &system, token.as_deref(), *examples);
        async move { (role, output(command).await) }
    });
    let failed: Vec<String> = join_all(runs)
        .await
        .into_iter()
        .filter(|(_, output)| !output.status.success())
        .map(|(role, output)| format!("As {role}:\n{}", words(&output)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    let sent = counted(&system, "").await - before;
    assert!(sent > REQUESTS_MIN, "only {sent} requests were sent");
    assert!(counted(&system, "status=\"4xx\"").await > 0.5, "the metrics count answers by their kind");
    assert!(counted(&system, "status=\"5xx\"").await < 0.5, "a request failed inside the server");
    let log = system.log();
    let errors: Vec<&str> = log.lines().filter(|line| line.contains("ERROR") || line.contains("panic")).collect();
    assert_eq!(errors, [""; 0], "the log holds errors");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "as above"]
async fn an_answer_that_a_document_does_not_know_is_found() {
    let system = System::start(env!("CARGO_BIN_EXE_consilium")).await;
    let document = system.http().get(format!("{}/_consilium/v1/openapi.json", system.url())).send().await.unwrap();
    let mut document: Value = document.json().await.unwrap();
    // A document in which nobody is refused.
    let services = document["paths"]["/services"]["get"].clone();
    document["paths"] = json!({ "/services": { "get": services } });
    let file = system.folder().join("openapi.json");
    let written = |document: &Value| std::fs::write(&file, document.to_string()).unwrap();
    written(&document);
    let name = file.to_str().unwrap();
    let as_it_is = output(run(name, &system, None, EXAMPLES_OF_NOBODY)).await;
    assert!(as_it_is.status.success(), "{}", words(&as_it_is));
    document["paths"]["/services"]["get"]["responses"].as_object_mut().unwrap().remove("default").unwrap();
    written(&document);
    let wrong = output(run(name, &system, None, EXAMPLES_OF_NOBODY)).await;
    assert!(!wrong.status.success() && words(&wrong).contains("401"), "{}", words(&wrong));
}
