//! `consilium doctor`: an installation that is well is said to be, and each thing that can be broken is named with its remedy.

use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use nix::sys::signal::Signal;
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::installation::{FEW_CONNECTIONS, Installation};
use crate::process::{consilium, run, text};

/// What depends on the machine and the build that the tests run on, not on the installation.
const OF_THE_MACHINE: [&str; 2] = ["apps", "disk"];

/// What was found.
struct Report {
    code: i32,
    document: Value,
}

impl Report {
    fn of(config: &str, environment: &[(&str, &str)]) -> Self {
        let mut command = consilium(&["doctor", "--json", "--config", config]);
        let output =
            command.env(FEW_CONNECTIONS.0, FEW_CONNECTIONS.1).envs(environment.iter().copied()).output().unwrap();
        let document = serde_json::from_slice(&output.stdout);
        let document = document.unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)));
        Self { code: output.status.code().unwrap(), document }
    }

    /// Findings worse than a hint, without those of the machine.
    fn faults(&self) -> Vec<&Value> {
        let is_fault = |finding: &&Value| {
            let (check, level) = (finding["check"].as_str().unwrap(), finding["level"].as_str().unwrap());
            !["fine", "hint"].contains(&level) && !OF_THE_MACHINE.contains(&check)
        };
        self.document["findings"].as_array().unwrap().iter().filter(is_fault).collect()
    }

    /// The finding of `check` that says `words`.
    fn finding(&self, check: &str, words: &str) -> &Value {
        let found = self.document["findings"].as_array().unwrap();
        let says = |finding: &&Value| finding["check"] == check && finding["says"].as_str().unwrap().contains(words);
        found.iter().find(says).unwrap_or_else(|| panic!("{check} does not say {words:?}: {:#}", self.document))
    }

    /// The same finding is broken, has a remedy, and the process said so by its code.
    fn broken(&self, check: &str, words: &str, remedy: &str) {
        let finding = self.finding(check, words);
        assert!(finding["level"] == "broken" && self.code == 2, "{finding:#}, code {}", self.code);
        assert!(finding["remedy"].as_str().unwrap().contains(remedy), "{finding:#}");
    }

    fn warning(&self, check: &str, words: &str, remedy: &str) {
        let finding = self.finding(check, words);
        assert!(finding["level"] == "warning" && self.code >= 1, "{finding:#}, code {}", self.code);
        assert!(finding["remedy"].as_str().unwrap().contains(remedy), "{finding:#}");
    }
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn what_init_made_and_serve_serves_is_fine() {
    let made = Installation::make();
    let mut running = made.serve();
    let report = Report::of(&made.config(), &[]);
    assert!(report.faults().is_empty(), "{:#}", report.document);
    let of_the_machine = report.document["outcome"] != "fine";
    assert_eq!(report.code == 0, !of_the_machine);
    let process = format!("process {}", running.pid());
    let [public, console] = [&made.public, &made.console]
        .map(|address| format!("http://{address} is reached, and answers as this installation"));
    for (check, words) in [
        ("configuration", "1 tenant"),
        ("brand", "The brand yew is accepted"),
        ("data", "can be read and written"),
        ("key", "apart from the data"),
        ("process", process.as_str()),
        ("listeners", "as it is told"),
        ("store", "store opens"),
        ("schema", "the one of this build"),
        ("archive", "Nothing is archived yet"),
        ("origins", public.as_str()),
        ("origins", console.as_str()),
        ("calls", "no media server"),
        ("open-files", "The running process"),
    ] {
        assert_eq!(report.finding(check, words)["level"], "fine", "{check}");
    }
    assert_eq!(report.finding("brand", "drafts")["level"], "hint");
    assert_eq!(report.finding("brand", "does not read where to report it")["level"], "hint");
    assert_eq!(report.finding("backups", "cannot be seen")["level"], "hint");

    let words = consilium(&["doctor", "--config", &made.config()]).env(FEW_CONNECTIONS.0, FEW_CONNECTIONS.1).output();
    let words = text(&words.unwrap().stdout);
    assert!(words.contains("fine     process") && words.contains("hint     backups"), "{words}");
    assert!(running.stop(Signal::SIGTERM).0);
}

#[test]
fn without_a_process_the_stores_are_opened_and_nothing_is_broken() {
    let made = Installation::make();
    let report = Report::of(&made.config(), &[]);
    assert!(report.faults().is_empty(), "{:#}", report.document);
    assert_eq!(report.finding("process", "No process runs")["level"], "hint");
    assert_eq!(report.finding("origins", "does not answer")["level"], "hint");
    assert_eq!(report.finding("store", "store opens")["level"], "fine");
    assert!(!made.data().join("control.json").exists(), "it is closed again");
}

#[test]
fn the_age_of_backups_is_told_where_somebody_says_where_they_are() {
    let made = Installation::make();
    let backups = made.folder().with_file_name("backups");
    std::fs::create_dir(&backups).unwrap();
    let looked = |folder: &Path| {
        let words = ["doctor", "--json", "--config", &made.config(), "--backups", folder.to_str().unwrap()];
        let report: Value = serde_json::from_slice(&run(&words).stdout).unwrap();
        let found = report["findings"].as_array().unwrap().iter().find(|finding| finding["check"] == "backups");
        let found = found.unwrap();
        (found["level"].as_str().unwrap().to_owned(), found["says"].as_str().unwrap().to_owned())
    };
    assert_eq!(looked(&backups).0, "broken", "there is none");
    std::fs::write(backups.join("monday.tar"), "x").unwrap();
    let (level, says) = looked(&backups);
    assert!(level == "fine" && says.contains("0 hours old"), "{says}");
    let (level, says) = looked(&made.data());
    assert!(level == "broken" && says.contains("lies in the data folder"), "{says}");
}

#[test]
fn a_configuration_or_brand_that_is_refused_is_told_in_its_own_words() {
    let made = Installation::make();
    let brand = made.folder().join("brands/yew/brand.toml");
    let before = std::fs::read_to_string(&brand).unwrap();
    std::fs::write(&brand, before.replace("#0b6e5f", "#ffff00")).unwrap();
    let report = Report::of(&made.config(), &[]);
    report.broken("brand", "WCAG", "Correct what is named");
    assert_eq!(report.finding("process", "left alone")["level"], "hint", "what cannot start is not tried");

    let config = made.config();
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replace("[listeners]", "[listener]")).unwrap();
    let report = Report::of(&config, &[]);
    report.broken("configuration", "listener", "REFERENCE.md");
    assert_eq!(report.document["findings"].as_array().unwrap().len(), 1);
    Report::of(made.folder().join("absent.toml").to_str().unwrap(), &[]).broken("configuration", "absent.toml", "");
}

#[test]
fn a_key_that_is_open_lost_or_among_the_data_is_named() {
    let made = Installation::make();
    set_mode(&made.key(), 0o644);
    Report::of(&made.config(), &[]).warning("key", "readable for others", "chmod 600");
    set_mode(&made.key(), 0o600);

    let key = std::fs::read_to_string(made.key()).unwrap();
    std::fs::write(made.key(), "not a key").unwrap();
    Report::of(&made.config(), &[]).broken("key", "holds no key", "Put the key back");
    std::fs::remove_file(made.key()).unwrap();
    Report::of(&made.config(), &[]).broken("key", "the data were written with it", "Put it back");
    assert!(!made.key().exists(), "no new one is made in its place");

    let hidden = made.data().join("hidden.key");
    std::fs::write(&hidden, &key).unwrap();
    set_mode(&hidden, 0o600);
    std::os::unix::fs::symlink(&hidden, made.key()).unwrap();
    Report::of(&made.config(), &[]).broken("key", "lies inside the data", "a folder of its own");

    std::fs::remove_file(made.key()).unwrap();
    std::fs::write(made.key(), "00".repeat(32)).unwrap();
    set_mode(&made.key(), 0o600);
    Report::of(&made.config(), &[]).broken("archive", "cannot be read", "the key that the data were written with");
}

#[test]
fn data_that_others_see_and_secrets_that_others_read_are_named() {
    let made = Installation::make();
    set_mode(&made.data(), 0o755);
    Report::of(&made.config(), &[]).warning("data", "open to others", "chmod 700");
    set_mode(&made.data(), 0o700);

    let config = made.config();
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replace("policy = \"closed\"", "policy = \"token\"\ntokens = [\"a token\"]")).unwrap();
    assert!(Report::of(&config, &[]).faults().is_empty(), "its owner alone reads it");
    set_mode(Path::new(&config), 0o644);
    Report::of(&config, &[]).warning("secrets", "everybody on this machine", "chmod 600");
}

#[tokio::test]
async fn a_database_that_a_newer_program_left_is_named_and_left_alone() {
    let made = Installation::make();
    let path = made.data().join("tenants/yew/consult.db");
    let mut connection = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'newer', 1, x'00', 0)";
    sqlx::raw_sql(newer).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    Report::of(&made.config(), &[]).broken("schema", "a newer one was here", "Run the newer build");

    for beside in ["consult.db-wal", "consult.db-shm"] {
        // Whether they are there is the library's affair; what they hold must not stand in for the file.
        let _ = std::fs::remove_file(path.with_file_name(beside));
    }
    std::fs::write(&path, "this is no database").unwrap();
    Report::of(&made.config(), &[]).broken("schema", "cannot be read", "backup");
}

#[test]
fn an_address_that_something_else_has_is_named_before_the_start() {
    let made = Installation::make();
    assert_eq!(Report::of(&made.config(), &[]).finding("listeners", "are free")["level"], "fine");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let report = Report::of(&made.config(), &[("CONSILIUM__LISTENERS__CONSOLE", &address)]);
    report.broken("listeners", &format!("Something else listens at {address}"), "ss -ltnp");
}

#[test]
fn what_a_dead_process_left_behind_is_not_believed() {
    let made = Installation::make();
    // Its port is somebody else's by now.
    let stranger = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let ticket = format!("{{\"address\":\"{}\",\"token\":\"x\",\"pid\":1}}", stranger.local_addr().unwrap());
    std::fs::write(made.data().join("control.json"), ticket).unwrap();
    let report = Report::of(&made.config(), &[]);
    assert!(report.faults().is_empty(), "{:#}", report.document);
    assert_eq!(report.finding("process", "No process runs")["level"], "hint");
}

#[test]
fn a_process_that_holds_the_data_and_does_not_answer_is_named() {
    let made = Installation::make();
    let lock = File::options().write(true).open(made.data().join("consilium.lock")).unwrap();
    lock.try_lock().unwrap();
    Report::of(&made.config(), &[]).broken("process", "does not answer", "restart it");
}

#[test]
fn addresses_that_lead_elsewhere_and_limits_that_are_too_low_are_named_beside_a_running_process() {
    let made = Installation::make();
    let mut running = made.serve();
    let nobody = [("CONSILIUM__TENANTS__YEW__ORIGINS__PUBLIC", "http://127.0.0.1:1")];
    Report::of(&made.config(), &nobody).broken("origins", "http://127.0.0.1:1 is not reached", "Give it the port of");

    // The console's listener answers in the place of the APIs.
    let (public, console) = (format!("http://{}", made.console), format!("http://{}", made.public));
    let swapped = [
        ("CONSILIUM__TENANTS__YEW__ORIGINS__PUBLIC", public.as_str()),
        ("CONSILIUM__TENANTS__YEW__ORIGINS__CONSOLE", console.as_str()),
    ];
    Report::of(&made.config(), &swapped).broken("origins", "is answered by something else", "Give it the port of");

    let stranger = [("CONSILIUM__TENANTS__YEW__ORIGINS__CONSOLE", "http://localhost:1")];
    Report::of(&made.config(), &stranger).broken("origins", "The console's pages may not read", "Access-Control");

    let moved = [("CONSILIUM__LISTENERS__CONSOLE", "127.0.0.1:1")];
    Report::of(&made.config(), &moved).warning("listeners", "does not listen at 127.0.0.1:1", "Restart the service");

    let many = [("CONSILIUM__HTTP__CONNECTIONS_MAX", "100000000000")];
    Report::of(&made.config(), &many).warning("open-files", "would need", "LimitNOFILE=");

    let media = [
        ("CONSILIUM__CALLS__LIVEKIT_URL", "ws://127.0.0.1:1"),
        ("CONSILIUM__CALLS__API_KEY", "key"),
        ("CONSILIUM__CALLS__API_SECRET", "a secret that nobody knows"),
    ];
    let report = Report::of(&made.config(), &media);
    report.broken("calls", "does not answer", "livekit_api_url");
    report.broken("webhook", "is not ours", "Restart the service");
    assert!(running.stop(Signal::SIGTERM).0);
}

#[test]
fn an_installation_that_never_ran_is_looked_at_and_not_begun() {
    let ground = tempfile::tempdir().unwrap();
    let brand = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/brands/demo-law");
    let config = ground.path().join("consilium.toml");
    let settings = format!(
        "[consult]\nkeeper_key_file = \"keys/keeper.key\"\n[tenants.law]\nserver_name = \"law.localhost\"\nbrand = {}\n\
         origins = {{ public = \"http://127.0.0.1:1\", console = \"http://127.0.0.1:2\" }}\n",
        serde_json::to_string(brand.to_str().unwrap()).unwrap(),
    );
    std::fs::write(&config, settings).unwrap();
    let report = Report::of(config.to_str().unwrap(), &[]);
    report.warning("calls", "there is no media server", "[calls]");
    assert_eq!(report.finding("process", "none ever ran")["level"], "hint");
    assert_eq!(report.finding("key", "the first start makes it")["level"], "hint");
    assert_eq!(std::fs::read_dir(ground.path()).unwrap().count(), 1, "nothing is made");
}
