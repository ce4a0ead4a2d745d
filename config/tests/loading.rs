//! What a configuration may say, and how a wrong one is refused: black box over `Config::read`.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use consilium_config::{Config, RegistrationPolicy, RoomVersion};

const SMALL: &str = r#"
data_dir = "data"
[consult]
enabled = false
[tenants.clinic]
server_name = "clinic.example"
[tenants.clinic.origins]
public = "https://clinic.example"
console = "https://console.clinic.example"
"#;

fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::read(text, Path::new("/srv/consilium"), environment).map_err(|error| error.to_string())
}

/// The refusal of `SMALL` with `more` after it.
fn refusal(more: &str) -> String {
    read(&format!("{SMALL}{more}"), &[]).map(|_| ()).unwrap_err()
}

#[test]
fn a_small_file_is_enough() {
    let config = read(SMALL, &[]).unwrap();
    assert_eq!(config.data_dir, Path::new("/srv/consilium/data"));
    let (slug, tenant) = config.tenant_by_host("CLINIC.example:443").unwrap();
    assert_eq!((slug.as_str(), tenant.registration.policy), ("clinic", RegistrationPolicy::Closed));
    assert_eq!(tenant.default_room_version, RoomVersion::V12);
    assert!(config.tenant_by_host("other.example").is_none());
    assert!(tenant.is_console_host("console.clinic.example"));
}

#[test]
fn the_environment_counts_more_than_the_file() {
    let config = read(
        SMALL,
        &[
            ("CONSILIUM__HTTP__BODY_BYTES_MAX", "4096"),
            ("CONSILIUM__HTTP__TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1"),
            ("CONSILIUM__RATE_LIMITS__LOGIN_ADDRESS__BURST", "3"),
            ("CONSILIUM__RATE_LIMITS__LOGIN_ADDRESS__PER_SECOND", "0.5"),
            ("CONSILIUM__TENANTS__CLINIC__REGISTRATION__POLICY", "open"),
            ("CONSILIUM__TENANTS__CLINIC__REGISTRATION__SHARED_SECRET", "12345"),
            ("CONSILIUM__LISTENERS__CONSOLE", ""),
            ("PATH", "/bin"),
        ],
    )
    .unwrap();
    assert_eq!(config.http.body_bytes_max, 4096);
    assert_eq!(config.http.trusted_proxies.len(), 2);
    assert_eq!(config.rate_limits.login_address.burst, 3);
    assert_eq!(config.listeners.console, None);
    let (_, tenant) = config.tenant_by_host("clinic.example").unwrap();
    assert_eq!(tenant.registration.policy, RegistrationPolicy::Open);
    assert_eq!(tenant.registration.shared_secret.as_ref().unwrap().expose(), "12345");
}

#[test]
fn a_tenant_with_a_dash_is_reached_by_an_underscore() {
    let text = SMALL.replace("tenants.clinic", "tenants.demo-clinic");
    let config = read(&text, &[("CONSILIUM__TENANTS__DEMO_CLINIC__SERVER_NAME", "other.example")]).unwrap();
    assert_eq!(config.tenant_by_host("other.example").unwrap().0.as_str(), "demo-clinic");
}

#[test]
fn a_refusal_names_the_key_and_the_remedy() {
    for (more, key, remedy) in [
        ("[http]\nbody_byte_max = 1", "http.body_byte_max", "Did you mean `body_bytes_max`?"),
        ("[http]\nbody_bytes_max = \"big\"", "http.body_bytes_max", "It must be"),
        ("[http]\ntrusted_proxies = [\"10.0.0.0/40\"]", "http.trusted_proxies", "is not a network"),
        ("[http]\nsync_timeout_seconds_max = 0", "http.sync_timeout_seconds_max", "Set at least 1"),
        ("[log]\nformat = \"xml\"", "log.format", "Use one of: json, text"),
        ("[listeners]\nconsole = \"127.0.0.1:8008\"", "listeners.console", "a port of its own"),
        ("[listeners]\npublic = \"here\"", "listeners.public", "invalid socket address"),
        ("[metrics]\nlisten = \"127.0.0.1:8008\"", "metrics.listen", "a port of its own"),
        ("[rate_limits]\nmessage = { per_second = 0.0, burst = 1 }", "rate_limits.message", "above 0"),
        ("[media]\ntenant_bytes_max = 5", "media.tenant_bytes_max", "Raise it"),
        (
            "[media]\nthumbnail_sizes = [{ width = 0, height = 9, method = \"crop\" }]",
            "media.thumbnail_sizes",
            "1 to 2000",
        ),
        ("[tenants.clinic.registration]\npolicy = \"token\"", "tenants.clinic.registration.tokens", "Add one"),
        ("[tenants.clinic.registration]\ntokens = [\"x\"]", "tenants.clinic.registration.tokens", "Set that policy"),
        (
            "[tenants.clinic.registration]\nshared_secret = \"a\"\nshared_secret_file = \"b\"",
            "tenants.clinic.registration.shared_secret_file",
            "Keep one",
        ),
        (
            "[tenants.clinic.registration]\nshared_secret_file = \"absent\"",
            "registration.shared_secret_file",
            "cannot be read",
        ),
        (
            "[tenants.two]\nserver_name = \"clinic.example\"\norigins = { public = \"https://two.example\" }",
            "tenants.two",
            "belongs to tenant `clinic`",
        ),
        ("[tenants.two]\norigins = { public = \"https://two.example\" }", "tenants.two.server_name", "Add it"),
        (
            "[tenants.two]\nserver_name = \"a b\"\norigins = { public = \"https://two.example\" }",
            "tenants.two.server_name",
            "Use a host name",
        ),
        (
            "[tenants.two]\nserver_name = \"two.example\"\norigins = { public = \"http://two.example\" }",
            "tenants.two.origins.public",
            "use https",
        ),
        (
            "[tenants.two]\nserver_name = \"two.example\"\norigins = { public = \"https://two.example/app\" }",
            "tenants.two.origins.public",
            "is not an origin",
        ),
        (
            "[tenants.two]\nserver_name = \"2.example\"\norigins = { public = \"https://2.example\", console = \"https://2.example\" }",
            "tenants.two.origins.console",
            "a host or port of its own",
        ),
        ("[tenants.Two]\nserver_name = \"two.example\"\norigins = { public = \"https://two.example\" }", "Two", "slug"),
        ("=", "the file", "Correct the line"),
    ] {
        let message = refusal(more);
        assert!(message.contains(key) && message.contains(remedy), "{more}\n→ {message}");
    }
}

#[test]
fn a_signer_and_a_notary_that_cannot_be_are_refused() {
    for (more, key, remedy) in [
        (
            "[tenants.clinic.signer]\nurl = \"http://signer.example/\"\nkey = \"a key that nobody guesses soon\"",
            "tenants.clinic.signer.url",
            "Use https",
        ),
        ("[tenants.clinic.signer]\nurl = \"https://signer.example/\"", "tenants.clinic.signer.key", "key_file"),
        (
            "[tenants.clinic.signer]\nurl = \"https://signer.example/\"\nkey_file = \"absent\"",
            "tenants.clinic.signer.key_file",
            "cannot be read",
        ),
        ("[tenants.clinic.notary]\nevery_hours = 0", "tenants.clinic.notary.every_hours", "Set 1 to 168"),
    ] {
        let message = refusal(more);
        assert!(message.contains(key) && message.contains(remedy), "{more}\n→ {message}");
    }
}

#[test]
fn a_wrong_variable_is_named() {
    let message = read(SMALL, &[("CONSILIUM__HTTP__BODY_BYTES_MAX", "many")]).unwrap_err();
    assert!(message.contains("environment variable CONSILIUM__HTTP__BODY_BYTES_MAX"), "{message}");
    for unknown in ["CONSILIUM__HTTP__BODY", "CONSILIUM__HTTP", "CONSILIUM__TENANTS__CLINIC", "CONSILIUM__"] {
        let message = read(SMALL, &[(unknown, "1")]).unwrap_err();
        assert!(message.contains(unknown) && message.contains("names no setting"), "{unknown}\n→ {message}");
    }
}

#[test]
fn the_keeper_key_stays_out_of_the_data() {
    let with = |consult: &str| read(&SMALL.replace("enabled = false", consult), &[]).unwrap_err();
    assert!(with("keeper_key_file = \"data/keeper.key\"").contains("inside data_dir"));
    assert!(with("keeper_key_file = \"other/../data/keeper.key\"").contains("inside data_dir"));
    assert!(with("enabled = true").contains("consult.keeper_key_file: it is missing"));
    assert!(with("keeper_key_file = \"/k\"").contains("tenants.clinic.brand: the consultation service needs one"));
    assert!(with("enabled = false\ntoken_cache_seconds = 60").contains("consult.token_cache_seconds"));
    assert!(with("enabled = false\nkeeper_localpart = \"Keeper\"").contains("consult.keeper_localpart"));
}

#[test]
fn no_tenant_and_an_unknown_default_are_refused() {
    let message = read("default_tenant = \"x\"\nconsult.enabled = false", &[]).unwrap_err();
    assert!(message.contains("tenants: there is none") && message.contains("default_tenant: there is no tenant `x`"));
}

#[test]
fn a_secret_never_prints() {
    let text = format!("{SMALL}[tenants.clinic.registration]\nshared_secret = \"hunter2\"");
    let config = read(&text, &[]).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(!toml::to_string(&config).unwrap_or_default().contains("hunter2"));
}

#[test]
fn a_staff_room_is_named_by_its_id() {
    let rooms =
        |rooms: &str| read(&SMALL.replacen("server_name", &format!("staff_rooms = {rooms}\nserver_name"), 1), &[]);
    let config = rooms(r#"["!abc:clinic.example", "!abc"]"#).unwrap();
    assert_eq!(config.tenants.into_values().next().unwrap().staff_rooms, ["!abc:clinic.example", "!abc"]);
    for wrong in ["#staff:clinic.example", "staff", "!", "", "! x"] {
        let error = rooms(&format!("[{wrong:?}]")).unwrap_err();
        assert!(
            error.contains("tenants.clinic.staff_rooms") && error.contains("!abc:clinic.example"),
            "{wrong}: {error}"
        );
    }
}

#[test]
fn the_media_server_is_named_by_both_addresses_that_a_browser_may_use() {
    let rtc = |one: &str, other: &str| {
        let line =
            |key: &str, value: &str| if value.is_empty() { String::new() } else { format!("{key} = \"{value}\"\n") };
        let lines = line("livekit_url", one) + &line("livekit_service_url", other);
        read(&format!("{SMALL}[tenants.clinic.rtc]\n{lines}"), &[])
    };
    let tenant = |config: Config| config.tenants.into_values().next().unwrap();
    let config = rtc("wss://rtc.clinic.example", "https://clinic.example/calls").unwrap();
    assert_eq!(tenant(config).rtc.addresses(), Some(("wss://rtc.clinic.example", "https://clinic.example/calls")));
    assert!(rtc("ws://127.0.0.1:7880", "http://localhost:8080").is_ok());
    assert_eq!(tenant(rtc("", "").unwrap()).rtc.addresses(), None);
    let given = [("CONSILIUM__TENANTS__CLINIC__RTC__LIVEKIT_URL", "wss://a.example")];
    let alone = read(SMALL, &given).unwrap_err();
    assert!(alone.contains("tenants.clinic.rtc.livekit_service_url"), "{alone}");
    for (one, other, key) in [
        ("wss://a.example", "", "livekit_service_url"),
        ("", "https://a.example", "livekit_url"),
        ("https://a.example", "https://a.example", "livekit_url"),
        ("ws://a.example", "https://a.example", "livekit_url"),
        ("wss://", "https://a.example", "livekit_url"),
        ("a.example", "https://a.example", "livekit_url"),
        ("wss://a.example", "http://a.example", "livekit_service_url"),
        ("wss://a.example", "https://a.example/", "livekit_service_url"),
        ("wss://a.example", "https://a.example/x?y=1", "livekit_service_url"),
        ("wss://a.example", "https://user@a.example", "livekit_service_url"),
        ("wss://a.example", "wss://a.example", "livekit_service_url"),
    ] {
        let refused = rtc(one, other).unwrap_err();
        assert!(refused.contains(&format!("tenants.clinic.rtc.{key}")), "{one} {other}: {refused}");
    }
    let calls = "[calls]\nlivekit_url = \"wss://a.example\"\napi_key = \"k\"\napi_secret = \"s\"\n";
    let rtc = "[tenants.clinic.rtc]\nlivekit_url = \"wss://a.example\"\nlivekit_service_url = \"https://a.example\"\n";
    let whole = SMALL.replace("enabled = false", "keeper_key_file = \"/keys/keeper.key\"");
    let both = read(&format!("{whole}{rtc}{calls}"), &[]).unwrap_err();
    assert!(both.contains("tenants.clinic.rtc: calls.livekit_url is given too"), "{both}");
    let unknown = refusal("[tenants.clinic.rtc]\nurl = \"wss://a.example\"\n");
    assert!(unknown.contains("url"), "{unknown}");
}

#[test]
fn the_media_server_is_named_whole_or_not_at_all() {
    let calls = |lines: &str| read(&format!("{SMALL}[calls]\n{lines}"), &[]);
    let whole = "livekit_url = \"wss://media.clinic.example\"\napi_key = \"consult\"\napi_secret = \"hunter2\"\n";
    let config = calls(whole).unwrap();
    assert_eq!(config.calls.livekit_url.as_deref(), Some("wss://media.clinic.example"));
    assert!(!format!("{config:?}").contains("hunter2"));
    assert_eq!(calls("").unwrap().calls.livekit_url, None);
    let from_environment = [("CONSILIUM__CALLS__API_SECRET", "12345")];
    let without_secret = whole.replace("api_secret = \"hunter2\"\n", "");
    let text = format!("{SMALL}[calls]\n{without_secret}");
    let config =
        Config::read(&text, Path::new("/"), from_environment.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(config.unwrap().calls.api_secret.unwrap().expose(), "12345");
    let local = whole.replace("wss://media.clinic.example", "ws://127.0.0.1:7880");
    assert!(calls(&local).is_ok());
    for (lines, key) in [
        (whole.replace("wss://", "https://"), "calls.livekit_url"),
        (whole.replace("wss://", "ws://"), "calls.livekit_url"),
        (whole.replace("media.clinic.example", ""), "calls.livekit_url"),
        (whole.replace("media.clinic.example", "a; script-src *"), "calls.livekit_url"),
        (format!("{whole}livekit_api_url = \"media:7880\"\n"), "calls.livekit_api_url"),
        (format!("{whole}api_secret_file = \"x\"\n"), "calls.api_secret_file"),
        (format!("{whole}ring_seconds = 4\n"), "calls.ring_seconds"),
        ("api_key = \"consult\"\n".to_owned(), "calls.livekit_url"),
        (without_secret.clone(), "calls.api_secret"),
        (whole.replace("api_key = \"consult\"\n", ""), "calls.api_key"),
    ] {
        let refused = calls(&lines).map(|_| ()).unwrap_err();
        assert!(refused.contains(key), "{lines}: {refused}");
    }
}
