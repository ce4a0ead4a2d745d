//! The bridge to a CRM as a process, between the whole system and a CRM: a consultation becomes a contact and a deal, once and in order, through a power cut of
//! the bridge and an outage of the CRM; and what the CRM says comes back through the partner API.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use consilium_crm::EXAMPLE;
use consilium_harness::{System, User};
use serde_json::{Value, json};

use crate::clinic::{Asked, Clinic, Deadline, Person};
use crate::crm_double::{Crm, TOKEN};

const FROM_CRM: &str = "the-token-of-its-calls";

/// `consilium bridge crm serve` in a folder of its own below the system's.
struct Bridge {
    folder: PathBuf,
    address: SocketAddr,
    process: Option<Child>,
}

impl Bridge {
    /// The ready mapping between these two, with secrets from the console.
    async fn new(system: &System, supervisor: &User, crm: &Crm) -> Self {
        let folder = system.folder().join("bridge");
        std::fs::create_dir(&folder).unwrap();
        let [address] = consilium_ports::reserve().unwrap();
        let fields = ["patient.name", "patient.phone"];
        let events: Vec<&str> = consilium_crm::event::TYPES.to_vec();
        let url = format!("http://{address}/webhook");
        let webhook = json!({ "url": url, "events": events, "fields": fields });
        let made = supervisor.post("/_consilium/v1/webhooks", webhook).await.ok();
        let scopes = ["patients:read", "patients:write", "callbacks:open"];
        let key = supervisor.post("/_consilium/v1/api-keys", json!({ "name": "CRM", "scopes": scopes })).await.ok();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let secrets = [("webhook", text(&made["secret"])), ("key", text(&key["token"]))];
        for (file, secret) in secrets.iter().chain(&[("crm", TOKEN.to_owned()), ("from", FROM_CRM.to_owned())]) {
            std::fs::write(folder.join(file), secret).unwrap();
        }
        let mapping = EXAMPLE
            .replace("127.0.0.1:8130", &address.to_string())
            .replace("https://crm.example/api", &crm.url())
            .replace("https://clinic.example", &system.url())
            .replace("{ env = \"CRM_BRIDGE_WEBHOOK_SECRET\" }", "{ file = \"webhook\" }")
            .replace("{ env = \"CRM_BRIDGE_CONSILIUM_KEY\" }", "{ file = \"key\" }")
            .replace("{ env = \"CRM_BRIDGE_CRM_TOKEN\" }", "{ file = \"crm\" }")
            .replace("{ env = \"CRM_BRIDGE_FROM_CRM_TOKEN\" }", "{ file = \"from\" }")
            .replace("every_seconds = 60", "every_seconds = 5");
        std::fs::write(folder.join("crm.toml"), mapping).unwrap();
        Self { folder, address, process: None }
    }

    fn command(&self, word: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_consilium"));
        command.args(["bridge", "crm", word, "--config"]).arg(self.folder.join("crm.toml"));
        command.env_remove("CONSILIUM_CRM_CONFIG").stdin(Stdio::null());
        command
    }

    /// Starts it and waits until it answers.
    async fn launch(&mut self, http: &reqwest::Client) {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.join("log")).unwrap();
        self.process = Some(self.command("serve").stdout(Stdio::null()).stderr(log).spawn().unwrap());
        let deadline = Deadline::new("that the bridge is ready");
        while !http.get(self.url("/ready")).send().await.is_ok_and(|answer| answer.status().is_success()) {
            deadline.look().await;
        }
    }

    /// As a power cut.
    fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn until(what: &str, seen: impl Fn() -> bool) {
    let deadline = Deadline::new(what);
    while !seen() {
        deadline.look().await;
    }
}

async fn clinic() -> Clinic {
    let local = [("CONSILIUM__CONSULT__WEBHOOKS_TO_PRIVATE_ADDRESSES", "true")];
    let system = System::configured(env!("CARGO_BIN_EXE_consilium"), &local);
    system.launch().await;
    Clinic { system }
}

async fn close(operator: &Person, asked: &Asked) {
    operator.api.post(&asked.path("close"), json!({})).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_reaches_the_crm_once_and_in_order_through_a_power_cut_and_an_outage() {
    let (clinic, crm) = (clinic().await, Crm::start().await);
    let http = clinic.system.http().clone();
    clinic.system.staff("volkova", "supervisor");
    let volkova = clinic.system.sign_in("volkova").await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let mut anna = clinic.patient("anna").await;
    let mut bridge = Bridge::new(&clinic.system, &volkova, &crm).await;
    bridge.launch(&http).await;

    // The bridge is killed while the CRM, which has made the deal, has not answered yet.
    crm.hold(Some("POST /deals"));
    let asked = clinic.ask(&mut anna, "therapist").await;
    until("the deal", || !crm.rows("deals").is_empty()).await;
    bridge.kill();
    crm.hold(None);
    bridge.launch(&http).await;

    let stages = |wanted: Value| crm.rows("deals").first().is_some_and(|deal| deal["stages"] == wanted);
    until("that the deal stands in the queue", || stages(json!(["new", "new"]))).await;

    // The CRM is away when the next step happens.
    crm.set_down(true);
    let before = crm.came().len();
    clinic.take(&mut petrova, &asked).await;
    until("that the CRM is asked in vain", || crm.came().len() > before).await;
    crm.set_down(false);
    close(&petrova, &asked).await;
    // Asked for, queued, taken, closed: each once, in their order.
    until("that the deal is done", || stages(json!(["new", "new", "in_work", "done"]))).await;

    let (contacts, deals) = (crm.rows("contacts"), crm.rows("deals"));
    assert_eq!((contacts.len(), deals.len()), (1, 1), "{deals:?}");
    assert_eq!((&deals[0]["external_id"], &deals[0]["contact_id"]), (&json!(asked.id), &contacts[0]["id"]));
    let patients = volkova.get("/_consilium/v1/patients").await.ok();
    let card = patients["items"][0]["id"].as_str().unwrap().to_owned();
    let read = volkova.get(&format!("/_consilium/v1/patients/{card}")).await.ok();
    assert_eq!(read["external_id"], contacts[0]["id"].to_string(), "the contact's number stands on the card");

    the_crm_says_something(&bridge, &http, &crm, &volkova, &card).await;
    let log = bridge.log();
    assert!(log.contains("an event was worked on"), "{log}");
    for secret in [TOKEN, FROM_CRM, "whsec_", "csk_", "+7495", "anna"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    let dead = bridge.command("dead").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&dead.stdout), "Nothing was given up.\n");
}

/// A contact is changed at the CRM, and somebody there makes a task that asks for a call.
async fn the_crm_says_something(bridge: &Bridge, http: &reqwest::Client, crm: &Crm, volkova: &User, card: &str) {
    let contact = crm.rows("contacts")[0]["id"].clone();
    let changed = json!({ "event_id": "e-1", "contact": { "id": contact, "phone": "+74950000001" } });
    let call = http.post(bridge.url("/from-crm/contact-changed")).header("x-crm-token", FROM_CRM).json(&changed);
    assert_eq!(call.send().await.unwrap().status(), 204, "{}", bridge.log());
    let read = volkova.get(&format!("/_consilium/v1/patients/{card}")).await.ok();
    assert_eq!(read["phone"], "+74950000001");
    crm.insert("tasks", json!({ "id": 77, "kind": "call-me", "status": "open", "contact_id": contact }));
    let task_is = |status: &str| crm.rows("tasks").iter().any(|task| task["id"] == 77 && task["status"] == status);
    until("that the task is taken", || task_is("taken")).await;
    let ordered = volkova.get(&format!("/_consilium/v1/callbacks?patient={card}")).await.ok();
    assert_eq!((&ordered["total"], &ordered["items"][0]["phase"]), (&json!(1), &json!("new")), "{ordered}");
    // What was ordered by the task comes back as a task of its own.
    until("the call-back's task", || crm.rows("tasks").iter().any(|task| task["title"] == "Call back")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bridge_knows_every_event_that_consilium_tells() {
    let clinic = Clinic::start().await;
    clinic.system.staff("volkova", "supervisor");
    let volkova = clinic.system.sign_in("volkova").await;
    let webhooks = volkova.get("/_consilium/v1/webhooks").await.ok();
    assert_eq!(webhooks["event_types"], json!(consilium_crm::event::TYPES.as_slice()));
}

#[test]
fn the_command_line_shows_checks_and_refuses_a_mapping() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_consilium"));
        command.args(["bridge", "crm"]).args(words).current_dir(folder.path()).env_remove("CONSILIUM_CRM_CONFIG");
        command.output().unwrap()
    };
    let example = run(&["example"]);
    assert_eq!(String::from_utf8_lossy(&example.stdout), EXAMPLE);
    let file = folder.path().join("crm.toml");
    std::fs::write(&file, &example.stdout).unwrap();
    let checked = run(&["check"]);
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success() && told.ends_with("The mapping is in order.\n"), "{told}");
    assert!(told.contains("create-deal: POST https://crm.example/api/deals"), "{told}");
    assert!(told.contains("not here yet: crm.auth.token: environment variable CRM_BRIDGE_CRM_TOKEN"), "{told}");
    let without = run(&["serve"]);
    let told = String::from_utf8_lossy(&without.stderr).into_owned();
    assert!(!without.status.success() && told.contains("consilium.webhook_secret"), "{told}");
    std::fs::write(&file, EXAMPLE.replace("{{ data.requested_at }}", "{{ data.asked_at }}")).unwrap();
    let checked = run(&["check"]);
    let told = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(!checked.status.success() && told.contains("steps.create-deal.body: undefined value"), "{told}");
    std::fs::write(&file, EXAMPLE.replace("{ data_dir", "{ datadir").replace("listen =", "lissen =")).unwrap();
    let checked = run(&["check"]);
    let told = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(!checked.status.success() && told.contains("lissen") && told.contains("docs/crm.md"), "{told}");
    let absent = run(&["dead", "--config", "nowhere.toml"]);
    assert!(!absent.status.success() && String::from_utf8_lossy(&absent.stderr).contains("nowhere.toml"));
}
