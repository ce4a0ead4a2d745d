//! `consilium init`: what it makes works as it is, is made whole or not at all, and what contradicts is refused before anything is there.

use std::path::Path;

use nix::sys::signal::Signal;

use crate::installation::{Installation, free_addresses, mode};
use crate::process::{done, get, post, refusal};

fn signs_in(address: &str, user: &str, password: &str) -> bool {
    let identifier = format!("{{\"type\":\"m.id.user\",\"user\":\"{user}\"}}");
    let body = format!("{{\"type\":\"m.login.password\",\"identifier\":{identifier},\"password\":\"{password}\"}}");
    post(address, "/_matrix/client/v3/login", &body).0 == 200
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_init_makes_is_served_as_it_is_and_its_supervisor_signs_in() {
    let made = Installation::make();
    assert_eq!(names(&made.folder()), ["brands", "consilium.toml", "data"]);
    let config = Path::new(&made.config()).to_owned();
    assert_eq!((mode(&config), mode(&made.key()), mode(&made.folder())), (0o600, 0o600, 0o700));
    assert!(made.told.contains(made.key().to_str().unwrap()) && made.told.contains("loses the archive"));
    assert!(made.told.contains(&format!("doctor --config {}", made.config())), "{}", made.told);

    let mut running = made.serve();
    assert!(signs_in(&made.public, "olga", made.password()));
    let (_, brand) = get(&made.public, "/.well-known/consilium/brand.json", &made.public);
    assert!(brand.contains("Клиника «Тис»") && brand.contains("\"default_language\":\"ru\""), "{brand}");
    let (_, brand) = get(&made.console, "/.well-known/consilium/brand.json", &made.console);
    assert!(brand.contains("\"app\":\"console\""), "{brand}");
    for document in ["privacy", "terms"] {
        assert_eq!(get(&made.public, &format!("/brand/legal/{document}"), &made.public).0, 200);
    }
    let listed = done(&["user", "list", "--config", &made.config()], "");
    assert!(listed.contains("@olga:yew.localhost\tadministrator"), "{listed}");
    let register = post(&made.public, "/_matrix/client/v3/register", "{\"auth\":{\"type\":\"m.login.dummy\"}}");
    assert!(register.0 >= 400, "registration is closed: {}", register.1);
    assert!(running.stop(Signal::SIGTERM).0);
}

#[test]
fn what_is_not_given_is_asked() {
    let ground = tempfile::tempdir().unwrap();
    let [public, console] = free_addresses();
    let folder = ground.path().join("oak");
    // Name, language, address, e-mail, supervisor; that the rest is not right; then the console's address, short name, server name, both listeners, registration and
    // media server.
    let answers = format!(
        "Oak Clinic\nfrench\nen\nhttp://{public}\nboris at oak\nboris@oak.example\n\nno\nhttp://{console}\n\n\n\n\nopen\n\n"
    );
    let told = done(&["init", folder.to_str().unwrap()], &answers);
    assert!(told.contains("user       boris"), "{told}");
    let config = std::fs::read_to_string(folder.join("consilium.toml")).unwrap();
    assert!(config.contains("[tenants.oak-clinic]") && config.contains("policy = \"open\""), "{config}");
    let brand = std::fs::read_to_string(folder.join("brands/oak-clinic/brand.toml")).unwrap();
    assert!(brand.contains("\nemail = \"boris@oak.example\"\n"), "{brand}");
}

#[test]
fn a_folder_that_holds_something_is_left_as_it_is() {
    let ground = tempfile::tempdir().unwrap();
    std::fs::write(ground.path().join("letter"), "dear").unwrap();
    let folder = ground.path().to_str().unwrap();
    let message = refusal(&["init", folder, "--yes", "--name", "Yew", "--public", "https://yew.example"]);
    assert!(message.contains("is not empty") && message.contains("nothing was changed"), "{message}");
    assert_eq!(names(ground.path()), ["letter"]);

    let made = Installation::make();
    let again = made.folder();
    let message =
        refusal(&["init", again.to_str().unwrap(), "--yes", "--name", "Yew", "--public", "https://yew.example"]);
    assert!(message.contains("is not empty"), "{message}");
}

/// What is refused, and by which words.
const REFUSED: &[(&[&str], &str)] = &[
    (&["--public", "https://yew.example"], "--name is missing"),
    (&["--name", "Yew"], "--public is missing"),
    (&["--name", "Yew", "--public", "yew.example"], "is not an origin"),
    (&["--name", "Yew", "--public", "http://yew.example"], "is not https"),
    (&["--name", "Yew", "--public", "https://yew.example", "--console", "https://yew.example"], "the same as --public"),
    (&["--name", "Yew", "--public", "https://yew.example", "--console", "http://127.0.0.1:1"], "of this machine only"),
    (
        &["--name", "Yew", "--public", "https://yew.example", "--listen-console", "127.0.0.1:8008"],
        "the same as --listen-public",
    ),
    (&["--name", "Yew", "--public", "http://127.0.0.1:1", "--listen-public", "127.0.0.1:2"], "Give both the same port"),
    (&["--name", "Yew", "--public", "https://yew.example", "--server-name", "a b"], "is not a Matrix server name"),
    (&["--name", "Yew", "--public", "https://yew.example", "--brand-id", "Yew"], "is not a tenant slug"),
    (&["--name", "Yew", "--public", "https://yew.example", "--time-zone", "Mars/Olympus"], "is not a known time zone"),
    (&["--name", "Yew", "--public", "https://yew.example", "--country", "Mars"], "is not a country code"),
    (
        &["--name", "Yew", "--public", "https://yew.example", "--livekit-url", "wss://m.example"],
        "--livekit-key is missing",
    ),
    (&["--name", "Yew", "--public", "https://yew.example", "--supervisor", "keeper"], "--supervisor"),
    (&["--name", "Yew", "--public", "https://yew.example", "--email", "olga"], "--email: `olga` is not an e-mail"),
    (&["--name", "Yew", "--public", "https://yew.example", "--supervisor", "Olga Petrova!"], "--supervisor"),
];

#[test]
fn what_does_not_fit_is_refused_and_leaves_nothing_behind() {
    for (words, reason) in REFUSED {
        let ground = tempfile::tempdir().unwrap();
        let folder = ground.path().join("yew");
        let message = refusal(&[&["init", folder.to_str().unwrap(), "--yes"], *words].concat());
        assert!(message.contains(reason), "{words:?}: {message}");
        assert!(names(ground.path()).is_empty(), "{words:?}: {:?}", names(ground.path()));
    }
}

#[test]
fn an_empty_folder_that_was_there_stays_when_nothing_is_made() {
    let ground = tempfile::tempdir().unwrap();
    let folder = ground.path().join("yew");
    std::fs::create_dir(&folder).unwrap();
    let words = ["--yes", "--name", "Yew", "--public", "https://yew.example"];
    let path = folder.to_str().unwrap();
    refusal(&[&["init", path, "--supervisor", "keeper"], &words[..]].concat());
    assert!(folder.is_dir() && names(&folder).is_empty() && names(ground.path()) == ["yew"]);
    done(&[&["init", path], &words[..]].concat(), "");
    assert!(folder.join("consilium.toml").is_file());
}

#[test]
fn the_key_never_lies_in_the_installation_and_never_replaces_another() {
    let ground = tempfile::tempdir().unwrap();
    let folder = ground.path().join("yew");
    let init = |keys: &Path| {
        let words = ["init", folder.to_str().unwrap(), "--yes", "--name", "Yew", "--public", "https://yew.example"];
        refusal(&[&words[..], &["--keys", keys.to_str().unwrap()]].concat())
    };
    std::fs::create_dir(&folder).unwrap();
    let message = init(&folder.join("keys"));
    assert!(message.contains("lies inside the installation"), "{message}");
    let keys = ground.path().join("keys");
    std::fs::create_dir(&keys).unwrap();
    std::fs::write(keys.join("keeper.key"), "another's").unwrap();
    let message = init(&keys);
    assert!(message.contains("another installation's data"), "{message}");
    assert_eq!(std::fs::read_to_string(keys.join("keeper.key")).unwrap(), "another's");
}
