//! The demonstration that `make run` starts: every line that it prints is true, and the command line works beside it and without it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::installation::free_addresses;
use crate::process::{Running, ask, done, get, post, refusal, run, text};

/// The demonstration of one brand in a folder.
struct Demo {
    folder: tempfile::TempDir,
    arguments: Vec<String>,
    public: String,
    console: String,
}

impl Demo {
    fn of(brand: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [public, console] = free_addresses();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let brand = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/brands").join(brand);
        let pairs = [
            ("--folder", path("run")),
            ("--keys", path("keys")),
            ("--brand", brand.to_str().unwrap().to_owned()),
            ("--public", public.clone()),
            ("--console", console.clone()),
        ];
        let arguments = pairs.into_iter().flat_map(|(name, value)| [name.to_owned(), value]);
        let arguments = ["demo".to_owned()].into_iter().chain(arguments).collect();
        Self { folder, arguments, public, console }
    }

    fn start(&self) -> (Running, String) {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        Running::start(&arguments, "Ctrl-C stops everything")
    }

    fn config(&self) -> String {
        self.folder.path().join("run/consilium.toml").to_str().unwrap().to_owned()
    }

    fn sign_in(&self, user: &str, password: &str) -> (u16, String) {
        let identifier = format!("{{\"type\":\"m.id.user\",\"user\":\"{user}\"}}");
        let body = format!("{{\"type\":\"m.login.password\",\"identifier\":{identifier},\"password\":\"{password}\"}}");
        post(&self.public, "/_matrix/client/v3/login", &body)
    }

    fn signs_in(&self, user: &str, password: &str) -> bool {
        self.sign_in(user, password).0 == 200
    }

    /// The token of a sign-in.
    fn token(&self, user: &str, password: &str) -> String {
        let (_, answer) = self.sign_in(user, password);
        answer.split("\"access_token\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// A request with a token.
    fn ask(&self, method: &str, path: &str, token: &str, body: &str) -> (u16, String) {
        let (host, length) = (&self.public, body.len());
        ask(
            host,
            &format!(
                "{method} {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            ),
        )
    }
}

#[test]
fn every_line_of_the_demonstration_is_true() {
    let demo = Demo::of("demo-clinic");
    let (mut running, printed) = demo.start();
    assert!(printed.contains("Клиника «Ясень» (demo-clinic)"), "{printed}");
    assert!(
        printed.contains(&format!("http://{}\n", demo.public))
            && printed.contains(&format!("http://{}\n", demo.console))
    );
    assert_eq!(get(&demo.public, "/_consilium/v1/openapi.json", &demo.public).0, 200);
    for (address, app, name) in
        [(&demo.public, "patient", "patients' app: this binary"), (&demo.console, "console", "console: this binary")]
    {
        let (_, brand) = get(address, "/.well-known/consilium/brand.json", address);
        assert!(
            brand.contains(&format!("\"app\":\"{app}\"")) && brand.contains("@keeper:demo-clinic.localhost"),
            "{brand}"
        );
        let (status, _) = get(address, "/", address);
        assert_eq!(status == 200, !printed.contains(name), "{app}: {status}\n{printed}");
    }
    let people = sign_ins(&printed);
    assert_eq!(people.len(), 4, "{printed}");
    for (role, user, password) in &people {
        assert!(demo.signs_in(user, password), "{user}");
        let listed = done(&["user", "list", "--config", &demo.config()], "");
        assert!(listed.contains(&format!("@{user}:demo-clinic.localhost\t{role}")), "{listed}");
    }
    let key = demo.folder.path().join("keys/keeper.key");
    assert!(printed.contains(key.to_str().unwrap()) && key.is_file(), "{printed}");
    let (well, rest) = running.stop(Signal::SIGINT);
    assert!(well && rest.contains("Stopping."), "{rest}");
    assert!(
        std::net::TcpStream::connect(&demo.public).is_err() && std::net::TcpStream::connect(&demo.console).is_err()
    );

    let (_again, printed) = demo.start();
    assert_eq!(sign_ins(&printed), people, "passwords stay");
}

/// Role, user and password of each line.
fn sign_ins(printed: &str) -> Vec<(String, String, String)> {
    let rows = printed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let rows = rows.filter(|row| matches!(row.as_slice(), ["patient" | "operator" | "administrator", _, _]));
    rows.map(|row| (row[0].to_owned(), row[1].to_owned(), row[2].to_owned())).collect()
}

#[test]
fn accounts_are_made_beside_a_running_system_and_without_one() {
    let demo = Demo::of("demo-law");
    let config = demo.config();
    let (mut running, _) = demo.start();
    let create = |name: &str, more: &[&str], password: &str| {
        done(&[&["user", "create", "--config", &config, name], more].concat(), &format!("{password}\n"))
    };
    assert_eq!(create("boris", &[], "a password of Boris"), "@boris:demo-law.localhost\n");
    assert!(demo.signs_in("boris", "a password of Boris"));
    let made = create("clara", &["--role", "operator", "--name", "Clara", "--queue", "family"], "");
    let password = made.lines().find_map(|line| line.strip_prefix("password: ")).unwrap();
    assert!(demo.signs_in("clara", password));
    let twice = run(&["user", "create", "--config", &config, "boris"]);
    assert!(!twice.status.success() && text(&twice.stderr).contains("is taken"));
    let nowhere = refusal(&["user", "create", "--config", &config, "dora", "--role", "operator", "--queue", "none"]);
    assert!(nowhere.contains("no queue `none`") && nowhere.contains("family, property"), "{nowhere}");
    assert!(!done(&["user", "list", "--config", &config], "").contains("@dora"), "a refused command changes nothing");
    assert!(refusal(&["user", "list", "--config", &config, "--tenant", "other"]).contains("use one of demo-law"));
    assert!(running.stop(Signal::SIGTERM).0);

    assert_eq!(create("emil", &["--role", "supervisor"], "a password of Emil"), "@emil:demo-law.localhost\n");
    let listed = done(&["user", "list", "--config", &config], "");
    for line in [
        "@boris:demo-law.localhost\tpatient",
        "@clara:demo-law.localhost\toperator",
        "@emil:demo-law.localhost\tsupervisor",
    ] {
        assert!(listed.contains(line), "{listed}");
    }
    let (_again, _) = demo.start();
    assert!(demo.signs_in("emil", "a password of Emil"));
}

#[test]
fn the_archive_is_proved_beside_a_running_system_and_never_by_another_key() {
    let demo = Demo::of("demo-clinic");
    let (mut running, _) = demo.start();
    let verify = ["archive", "verify", "--config", &demo.config()].map(str::to_owned);
    let verify: Vec<&str> = verify.iter().map(String::as_str).collect();
    let proved = done(&verify, "");
    assert!(proved.contains("archive: 0 records, all as they were written"), "{proved}");
    // What the brand's folder began with is in the log too.
    let log = proved.lines().find_map(|line| line.strip_prefix("demo-clinic: audit log: ")).unwrap();
    let records =
        log.strip_suffix(" records, all as they were written").and_then(|records| records.parse::<u32>().ok());
    assert!(records.is_some_and(|records| records >= 7), "{proved}");
    assert!(running.stop(Signal::SIGTERM).0);

    // The key does not open another's data: nothing can be proved with it.
    let key = demo.folder.path().join("keys/keeper.key");
    std::fs::write(&key, "00".repeat(32)).unwrap();
    let output = run(&verify);
    assert!(!output.status.success(), "{}", text(&output.stdout));
}

#[test]
fn who_is_invented_is_marked_and_who_is_real_is_not() {
    let demo = Demo::of("demo-law");
    let config = demo.config();
    let (mut running, printed) = demo.start();
    let listed = || done(&["user", "list", "--config", &config], "");
    for (role, user, _) in sign_ins(&printed) {
        assert!(listed().contains(&format!("@{user}:demo-law.localhost\t{role} demo\t")), "{}", listed());
    }
    done(&["user", "create", "--config", &config, "boris"], "a password of Boris\n");
    done(&["user", "create", "--config", &config, "clara", "--role", "supervisor", "--demo"], "a password of Clara\n");
    let all = listed();
    assert!(all.contains("@boris:demo-law.localhost\tpatient\t"), "{all}");
    assert!(all.contains("@clara:demo-law.localhost\tsupervisor demo\t"), "{all}");
    let both = refusal(&["user", "create", "--config", &config, "dora", "--demo", "--admin"]);
    assert!(both.contains("--admin"), "{both}");
    // A name that is taken is never marked: its account may be real.
    assert!(refusal(&["user", "create", "--config", &config, "boris", "--demo"]).contains("is taken"));
    assert!(listed().contains("@boris:demo-law.localhost\tpatient\t"));
    assert!(running.stop(Signal::SIGTERM).0);
}

#[test]
fn one_button_ends_the_demonstrations_people_and_no_start_brings_them_back() {
    let demo = Demo::of("demo-law");
    let config = demo.config();
    let (mut running, printed) = demo.start();
    let people = sign_ins(&printed);
    done(&["user", "create", "--config", &config, "olga", "--role", "supervisor"], "a password of Olga\n");
    let token = demo.token("olga", "a password of Olga");
    let (_, asked) = demo.ask("GET", "/_consilium/v1/demo", &token, "");
    let name = asked.split("\"confirm\":\"").nth(1).unwrap().split('"').next().unwrap();
    let body = format!("{{\"confirm\":\"{name}\"}}");
    assert_eq!(demo.ask("POST", "/_consilium/v1/demo/removal", &token, &body).0, 202);
    // The last sign-in of an account may be believed for half a minute after its end.
    let patience = Instant::now() + Duration::from_mins(2);
    while demo.ask("GET", "/_consilium/v1/demo", &token, "").1.contains("\"finished_at\":null") {
        assert!(Instant::now() < patience, "the removal does not end");
        // Asked more often, it is refused for asking too often.
        std::thread::sleep(Duration::from_millis(500));
    }
    for (_, user, password) in &people {
        assert!(!demo.signs_in(user, password), "{user} is gone");
    }
    assert!(demo.signs_in("olga", "a password of Olga"));
    assert!(running.stop(Signal::SIGTERM).0);

    let (_again, printed) = demo.start();
    assert!(sign_ins(&printed).is_empty() && printed.contains("were removed in the console"), "{printed}");
    for (_, user, password) in &people {
        assert!(!demo.signs_in(user, password), "{user} stays gone");
    }
}

#[test]
fn a_demonstration_refuses_an_address_that_others_reach() {
    let brand = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/brands/demo-law");
    let message = refusal(&["demo", "--brand", brand.to_str().unwrap(), "--public", "0.0.0.0:8008"]);
    assert!(message.contains("for this machine only"), "{message}");
}

/// The media server that `make test` built.
fn livekit() -> PathBuf {
    let named = std::env::var_os("CONSILIUM_LIVEKIT").map(PathBuf::from);
    let home = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = home.or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".cache")));
    let found = named.or(cache.map(|cache| cache.join("consilium/livekit/v1.13.5/livekit-server")));
    found.filter(|path| path.exists()).expect("a livekit-server: `make test` builds it, or CONSILIUM_LIVEKIT names one")
}

#[test]
fn the_demonstrations_media_server_lives_and_ends_with_it() {
    let mut demo = Demo::of("demo-law");
    let (mut without, printed) = demo.start();
    assert!(printed.contains("calls: no media server"), "{printed}");
    assert!(without.stop(Signal::SIGINT).0);

    demo.arguments.extend(["--livekit".to_owned(), livekit().to_str().unwrap().to_owned()]);
    let (mut running, printed) = demo.start();
    assert!(!printed.contains("calls: no media server"), "{printed}");
    let config = std::fs::read_to_string(demo.config()).unwrap();
    let address =
        config.lines().find_map(|line| line.strip_prefix("livekit_url = \"ws://")?.strip_suffix('"')).unwrap();
    assert_eq!(get(address, "/", address).0, 200, "the media server answers");
    let secret = demo.folder.path().join("run/livekit.secret");
    let mode = std::fs::metadata(&secret).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(running.stop(Signal::SIGINT).0);
    assert!(std::net::TcpStream::connect(address).is_err(), "nothing is left behind");
}

/// A demonstration whose media server `script` makes while it runs.
fn with_build(brand: &str, script: &str) -> (Demo, PathBuf) {
    let mut demo = Demo::of(brand);
    let path = |name: &str| demo.folder.path().join(name);
    let (build, binary) = (path("build.sh"), path("made/livekit-server"));
    std::fs::write(&build, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&build, PermissionsExt::from_mode(0o755)).unwrap();
    for (name, value) in [("--livekit", &binary), ("--livekit-build", &build)] {
        demo.arguments.extend([name.to_owned(), value.to_str().unwrap().to_owned()]);
    }
    (demo, binary)
}

#[test]
fn a_media_server_that_is_still_built_comes_while_the_demonstration_runs() {
    let (demo, binary) = with_build("demo-law", &format!("cp {} \"$1\"", livekit().display()));
    let (mut running, printed) = demo.start();
    assert!(printed.contains("calls: the media server is still being built"), "{printed}");
    let printed = running.read_up_to("Calls ");
    assert!(printed.contains("Calls work now"), "{printed}");
    let config = std::fs::read_to_string(demo.config()).unwrap();
    let address =
        config.lines().find_map(|line| line.strip_prefix("livekit_url = \"ws://")?.strip_suffix('"')).unwrap();
    assert_eq!(get(address, "/", address).0, 200, "the media server answers");
    assert!(running.stop(Signal::SIGINT).0);
    assert!(std::net::TcpStream::connect(address).is_err(), "nothing is left behind");
    assert_eq!(std::fs::read_dir(binary.parent().unwrap()).unwrap().count(), 1, "no half binary");

    let (_again, printed) = demo.start();
    assert!(!printed.contains("  calls:"), "it is there now: {printed}");
}

#[test]
fn a_media_server_that_cannot_be_built_is_said_and_stops_nothing() {
    let (demo, binary) = with_build("demo-law", "echo no compiler here; echo half > \"$1\"; exit 3");
    let (mut running, _) = demo.start();
    let printed = running.read_up_to("Calls ");
    let log = demo.folder.path().join("run/livekit-build.log");
    assert!(printed.contains("Calls stay unavailable") && printed.contains(log.to_str().unwrap()), "{printed}");
    assert_eq!(std::fs::read_to_string(log).unwrap(), "no compiler here\n");
    assert_eq!(std::fs::read_dir(binary.parent().unwrap()).unwrap().count(), 0, "no half binary");
    assert_eq!(get(&demo.public, "/_consilium/v1/openapi.json", &demo.public).0, 200);
    assert!(running.stop(Signal::SIGINT).0);
}

#[test]
fn a_build_that_is_under_way_ends_with_the_demonstration() {
    let (demo, binary) = with_build("demo-law", "echo $$; echo half > \"$1\"; exec sleep 600");
    let (mut running, _) = demo.start();
    let log = demo.folder.path().join("run/livekit-build.log");
    let half = || std::fs::read_dir(binary.parent().unwrap()).is_ok_and(|mut files| files.next().is_some());
    let patience = Instant::now() + Duration::from_secs(30);
    while !half() {
        assert!(Instant::now() < patience, "the build does not begin");
        std::thread::yield_now();
    }
    assert!(running.stop(Signal::SIGINT).0);
    assert!(!half(), "no half binary");
    let pid: i32 = std::fs::read_to_string(log).unwrap().trim().parse().unwrap();
    let process = Path::new("/proc").join(pid.to_string()).join("cmdline");
    assert!(!std::fs::read(process).is_ok_and(|words| words.starts_with(b"sleep")), "the build goes on");
}
