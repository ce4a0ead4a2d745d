//! Settings: what is wrong is refused at the start with key and remedy, and each setting of the file can be given by its environment variable, which counts more.

use std::path::Path;
use std::process::{Command, Output};

use consilium_config::Config;
use serde_json::{Value, json};

const SMALL: &str = r#"
data_dir = "data"
[consult]
enabled = false
[tenants.clinic]
server_name = "clinic.example"
origins = { public = "https://clinic.example" }
[tenants.law]
server_name = "law.example"
origins = { public = "https://law.example" }
"#;

fn consilium(folder: &Path, words: &[&str], config: &str, environment: &[(&str, &str)]) -> Output {
    let file = folder.join("consilium.toml");
    std::fs::write(&file, config).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_consilium"));
    command.args(words).arg("--config").arg(file).env_remove("CONSILIUM_CONFIG").envs(environment.iter().copied());
    command.output().unwrap()
}

/// A row of [`REFUSED`].
type Refused = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

/// What is added to [`SMALL`] (a `!` before a line puts it before everything), the environment, the key that is named, the remedy that is given.
const REFUSED: &[Refused] = &[
    // unknown keys
    ("!data_dirs = \"x\"\n", &[], "data_dirs", "Did you mean `data_dir`?"),
    ("[http]\nbody_byte_max = 1", &[], "http.body_byte_max", "Did you mean `body_bytes_max`?"),
    (
        "[tenants.clinic.registration]\npolice = \"open\"",
        &[],
        "tenants.clinic.registration.police",
        "Did you mean `policy`?",
    ),
    ("[video]\nx = 1", &[], "video", "Known here: data_dir"),
    ("", &[("CONSILIUM__HTTP__BODY", "1")], "CONSILIUM__HTTP__BODY", "Unset it"),
    ("", &[("CONSILIUM__TENANTS__BANK", "1")], "CONSILIUM__TENANTS__BANK", "Unset it"),
    // wrong values
    ("[http]\nbody_bytes_max = \"big\"", &[], "http.body_bytes_max", "It must be"),
    ("[http]\nconnections_max = 0", &[], "http.connections_max", "Set at least 1"),
    ("[http]\ntrusted_proxies = [\"10.0.0.0/40\"]", &[], "http.trusted_proxies", "is not a network"),
    ("[listeners]\npublic = \"here\"", &[], "listeners.public", "invalid socket address"),
    ("[log]\nformat = \"xml\"", &[], "log.format", "Use one of: json, text"),
    ("[log]\nfilter = \"a=b=c\"", &[], "log.filter", "use a level"),
    ("[rate_limits]\nmessage = { per_second = 0.0, burst = 1 }", &[], "rate_limits.message", "above 0"),
    (
        "[tenants.clinic.registration]\npolicy = \"maybe\"",
        &[],
        "tenants.clinic.registration.policy",
        "Use one of: open, token, closed",
    ),
    (
        "[tenants.Big]\nserver_name = \"big.example\"\norigins = { public = \"https://big.example\" }",
        &[],
        "Big",
        "slug",
    ),
    ("[tenants.two]\norigins = { public = \"https://two.example\" }", &[], "tenants.two.server_name", "Add it"),
    (
        "[tenants.two]\nserver_name = \"a b\"\norigins = { public = \"https://two.example\" }",
        &[],
        "tenants.two.server_name",
        "Use a host name",
    ),
    (
        "",
        &[("CONSILIUM__HTTP__BODY_BYTES_MAX", "many")],
        "environment variable CONSILIUM__HTTP__BODY_BYTES_MAX",
        "It must be",
    ),
    ("", &[("CONSILIUM__CONSULT__TOKEN_CACHE_SECONDS", "60")], "consult.token_cache_seconds", "Set at most 10"),
    ("", &[("CONSILIUM__CONSULT__KEEPER_LOCALPART", "Keeper")], "consult.keeper_localpart", "a-z"),
    // contradictions
    ("[listeners]\nconsole = \"127.0.0.1:8008\"", &[], "listeners.console", "a port of its own"),
    ("[metrics]\nlisten = \"127.0.0.1:8009\"", &[], "metrics.listen", "a port of its own"),
    ("[listeners]\npublic = \"0.0.0.0:8009\"", &[], "listeners.console", "a port of its own"),
    ("[listeners]\npublic = \"[::]:8009\"", &[], "listeners.console", "a port of its own"),
    (
        "[calls]\nlivekit_url = \"wss://media.example\"\nwebhook_listen = \"127.0.0.1:8009\"",
        &[("CONSILIUM__CONSULT__ENABLED", "true")],
        "calls.webhook_listen: listeners.console",
        "a port of its own",
    ),
    (
        "",
        &[("CONSILIUM__TENANTS__CLINIC__CONSOLE_HOSTS", "desk.example")],
        "tenants.clinic.console_hosts",
        "Give origins.console",
    ),
    (
        "",
        &[
            ("CONSILIUM__TENANTS__CLINIC__ORIGINS__CONSOLE", "https://desk.clinic.example"),
            ("CONSILIUM__TENANTS__CLINIC__CONSOLE_HOSTS", "Clinic.example"),
        ],
        "tenants.clinic.console_hosts",
        "a host of its own",
    ),
    (
        "",
        &[
            ("CONSILIUM__TENANTS__CLINIC__ORIGINS__CONSOLE", "https://desk.clinic.example"),
            ("CONSILIUM__TENANTS__CLINIC__SERVER_NAME", "desk.clinic.example"),
        ],
        "tenants.clinic.origins.console",
        "a host of its own",
    ),
    ("[media]\ntenant_bytes_max = 5", &[], "media.tenant_bytes_max", "Raise it"),
    ("[tenants.clinic.registration]\npolicy = \"token\"", &[], "tenants.clinic.registration.tokens", "Add one"),
    (
        "[tenants.clinic.registration]\nshared_secret = \"a\"\nshared_secret_file = \"b\"",
        &[],
        "tenants.clinic.registration.shared_secret_file",
        "Keep one",
    ),
    (
        "[tenants.two]\nserver_name = \"law.example\"\norigins = { public = \"https://two.example\" }",
        &[],
        "tenants.two",
        "its own server name",
    ),
    ("!default_tenant = \"bank\"\n", &[], "default_tenant", "Name one of"),
    ("", &[("CONSILIUM__CONSULT__ENABLED", "true")], "consult.keeper_key_file", "Name a file"),
    (
        "",
        &[("CONSILIUM__CONSULT__ENABLED", "true"), ("CONSILIUM__CONSULT__KEEPER_KEY_FILE", "data/keeper.key")],
        "consult.keeper_key_file",
        "inside data_dir",
    ),
    (
        "",
        &[("CONSILIUM__CONSULT__ENABLED", "true"), ("CONSILIUM__CONSULT__KEEPER_KEY_FILE", "/k")],
        "tenants.clinic.brand",
        "Name the brand's folder",
    ),
    ("[calls]\nlivekit_url = \"https://media.example\"", &[], "calls.livekit_url", "wss://media.clinic.example"),
    ("[calls]\nlivekit_url = \"wss://media.example\"\napi_key = \"k\"", &[], "calls.api_secret", "api_secret_file"),
    ("", &[("CONSILIUM__CALLS__RING_SECONDS", "0")], "calls.ring_seconds", "Set 5 to 120"),
    ("=", &[], "the file", "Correct the line"),
];

#[test]
fn what_is_wrong_is_refused_at_the_start_with_its_key_and_the_remedy() {
    for (more, environment, key, remedy) in REFUSED {
        let folder = tempfile::tempdir().unwrap();
        let config = match more.strip_prefix('!') {
            Some(first) => format!("{first}{SMALL}"),
            None => format!("{SMALL}{more}"),
        };
        let output = consilium(folder.path(), &["serve"], &config, environment);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "it was accepted: {more} {environment:?}");
        assert!(said.contains(key) && said.contains(remedy), "{more} {environment:?}: {key}, {remedy}\n→ {said}");
        assert!(!folder.path().join("data").exists(), "a refused start makes nothing: {more}");
    }
}

/// One setting of the file, found in the schema.
#[derive(Debug)]
struct Setting {
    path: Vec<String>,
    schema: Value,
}

impl Setting {
    fn key(&self) -> String {
        self.path.join(".")
    }

    fn variable(&self) -> String {
        format!("CONSILIUM__{}", self.path.join("__").to_ascii_uppercase().replace('-', "_"))
    }

    /// What stands in the file, as TOML; what the variable says; what then counts, as JSON.
    fn values(&self, folder: &Path) -> (toml::Value, String, Value) {
        let known = KNOWN.iter().find(|(key, ..)| *key == self.key());
        if let Some((_, in_file, variable, counts)) = known {
            let in_folder = |text: &str| text.replace("<folder>", folder.to_str().unwrap());
            let in_file = toml::from_str::<toml::Table>(&format!("value = {}", in_folder(in_file))).unwrap();
            let counts = serde_json::from_str(&in_folder(counts)).unwrap();
            return (in_file["value"].clone(), in_folder(variable), counts);
        }
        let choices = ["enum", "oneOf"].iter().find_map(|name| self.schema[*name].as_array());
        if let Some(choices) = choices {
            let word = |choice: &Value| choice["const"].as_str().or(choice.as_str()).unwrap().to_owned();
            let (one, two) = (word(&choices[0]), word(&choices[1]));
            return (one.into(), two.clone(), two.into());
        }
        match self.schema["type"].as_str() {
            Some("integer") => (7.into(), "9".to_owned(), 9.into()),
            Some("number") => (0.5.into(), "0.25".to_owned(), json!(0.25)),
            Some("boolean") => (false.into(), "true".to_owned(), true.into()),
            _ if self.schema["properties"].is_object() => {
                let limit = toml::toml! { value = { per_second = 0.5, burst = 7 } };
                let variable = "{ per_second = 0.25, burst = 9 }".to_owned();
                (limit["value"].clone(), variable, json!({ "per_second": 0.25, "burst": 9 }))
            }
            _ => panic!("a new kind of setting: give it values in KNOWN: {self:?}"),
        }
    }
}

/// Settings whose values must be of some form: key, value in the file (TOML), text of the variable, value that then counts (JSON).
const KNOWN: &[(&str, &str, &str, &str)] = &[
    ("data_dir", "'/one'", "/two", "\"/two\""),
    ("default_tenant", "'clinic'", "law", "\"law\""),
    ("listeners.public", "'127.0.0.1:1001'", "127.0.0.1:1002", "\"127.0.0.1:1002\""),
    ("listeners.console", "'127.0.0.1:1003'", "127.0.0.1:1004", "\"127.0.0.1:1004\""),
    ("metrics.listen", "'127.0.0.1:1005'", "127.0.0.1:1006", "\"127.0.0.1:1006\""),
    ("http.trusted_proxies", "['10.0.0.0/8']", "127.0.0.0/8, 192.168.0.0/16", r#"["127.0.0.0/8", "192.168.0.0/16"]"#),
    ("tenants.clinic.server_name", "'one.example'", "two.example", "\"two.example\""),
    ("tenants.clinic.origins.public", "'https://one.example'", "https://two.example", "\"https://two.example\""),
    ("tenants.clinic.origins.console", "'https://one.example'", "https://two.example", "\"https://two.example\""),
    ("tenants.clinic.hosts", "['one.example']", "two.example,three.example", r#"["two.example", "three.example"]"#),
    ("tenants.clinic.console_hosts", "['one.example']", "[\"two.example\"]", r#"["two.example"]"#),
    ("tenants.clinic.brand", "'/one'", "/two", "\"/two\""),
    (
        "tenants.clinic.staff_rooms",
        "['!one:clinic.example']",
        "!two:clinic.example,!three",
        r#"["!two:clinic.example", "!three"]"#,
    ),
    ("tenants.clinic.rtc.livekit_url", "'wss://one.example'", "wss://two.example", "\"wss://two.example\""),
    (
        "tenants.clinic.rtc.livekit_service_url",
        "'https://one.example'",
        "https://two.example",
        "\"https://two.example\"",
    ),
    ("tenants.clinic.registration.policy", "'open'", "closed", "\"closed\""),
    ("tenants.clinic.registration.tokens", "['one']", "12, 13", r#"["12", "13"]"#),
    ("tenants.clinic.registration.shared_secret", "'one'", "12345", "\"12345\""),
    ("tenants.clinic.registration.shared_secret_file", "'<folder>/one'", "<folder>/two", "\"<folder>/two\""),
    ("tenants.clinic.appservices.registration_files", "['/one.yaml']", "/two.yaml", r#"["/two.yaml"]"#),
    ("tenants.clinic.signer.url", "'https://one.example/it'", "https://two.example/it", "\"https://two.example/it\""),
    (
        "tenants.clinic.signer.key",
        "'one that nobody can guess'",
        "two that nobody can guess",
        "\"two that nobody can guess\"",
    ),
    ("tenants.clinic.signer.key_file", "'<folder>/one'", "<folder>/two", "\"<folder>/two\""),
    ("tenants.clinic.notary.url", "'https://one.example/it'", "https://two.example/it", "\"https://two.example/it\""),
    (
        "tenants.clinic.notary.key",
        "'one that nobody can guess'",
        "two that nobody can guess",
        "\"two that nobody can guess\"",
    ),
    ("tenants.clinic.notary.key_file", "'<folder>/one'", "<folder>/two", "\"<folder>/two\""),
    ("media.tenant_bytes_max", "200_000_000", "300000000", "300000000"),
    (
        "media.thumbnail_sizes",
        "[{ width = 1, height = 1, method = 'crop' }]",
        "[{ width = 2, height = 3, method = \"scale\" }]",
        r#"[{ "width": 2, "height": 3, "method": "scale" }]"#,
    ),
    ("doctor.livekit_config", "'/one'", "/two", "\"/two\""),
    ("doctor.backups", "'/one'", "/two", "\"/two\""),
    ("consult.enabled", "true", "false", "false"),
    ("consult.keeper_key_file", "'/one'", "/two", "\"/two\""),
    ("consult.keeper_localpart", "'one'", "two", "\"two\""),
    ("calls.livekit_url", "'wss://one.example'", "wss://two.example", "\"wss://two.example\""),
    ("calls.livekit_api_url", "'http://one.example'", "http://two.example", "\"http://two.example\""),
    ("calls.api_key", "'one'", "two", "\"two\""),
    ("calls.api_secret", "'one'", "12345", "\"12345\""),
    ("calls.api_secret_file", "'<folder>/one'", "<folder>/two", "\"<folder>/two\""),
    ("calls.webhook_listen", "'127.0.0.1:1007'", "127.0.0.1:1008", "\"127.0.0.1:1008\""),
    ("log.filter", "'warn'", "debug", "\"debug\""),
];

/// All settings that the published schema has, those of tenants for one of them.
fn settings() -> Vec<Setting> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/consilium.schema.json");
    let root: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut found = Vec::new();
    collect(&root, &root, &mut Vec::new(), &mut found);
    found
}

fn collect(root: &Value, schema: &Value, path: &mut Vec<String>, found: &mut Vec<Setting>) {
    let schema = resolved(root, schema);
    let properties = schema["properties"].as_object();
    let is_table =
        properties.is_some_and(|all| schema["required"].as_array().is_some_and(|some| some.len() == all.len()));
    if is_table || properties.is_none() && !schema["additionalProperties"].is_object() {
        found.push(Setting { path: path.clone(), schema: schema.clone() });
    }
    for (key, property) in properties.into_iter().flatten() {
        path.push(key.clone());
        collect(root, property, path, found);
        path.pop();
    }
    if schema["additionalProperties"].is_object() {
        path.push("clinic".to_owned());
        collect(root, &schema["additionalProperties"], path, found);
        path.pop();
    }
}

/// Follows references, and an option to what it is an option of.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return resolved(root, root.pointer(reference.strip_prefix('#').unwrap()).unwrap());
    }
    let options = schema["anyOf"].as_array().into_iter().flatten();
    match options.clone().find(|option| option["type"] != "null") {
        Some(option) => resolved(root, option),
        None => schema,
    }
}

/// [`SMALL`] with one setting in it, and what that setting needs beside it.
fn with(setting: &Setting, value: toml::Value) -> String {
    let mut config: toml::Table = toml::from_str(SMALL).unwrap();
    match setting.key().as_str() {
        // A media server is named whole.
        key if key.starts_with("calls.") => {
            put(&mut config, &["calls", "livekit_url"], "wss://media.example".into());
            put(&mut config, &["calls", "api_key"], "key".into());
            if key != "calls.api_secret_file" {
                put(&mut config, &["calls", "api_secret"], "secret".into());
            }
        }
        "consult.enabled" => {
            put(&mut config, &["consult", "keeper_key_file"], "/key".into());
            put(&mut config, &["tenants", "clinic", "brand"], "/brand".into());
            put(&mut config, &["tenants", "law", "brand"], "/brand".into());
        }
        "tenants.clinic.console_hosts" => {
            put(&mut config, &["tenants", "clinic", "origins", "console"], "https://desk.clinic.example".into());
        }
        "tenants.clinic.registration.tokens" => {
            put(&mut config, &["tenants", "clinic", "registration", "policy"], "token".into());
        }
        // The two belong together.
        "tenants.clinic.rtc.livekit_url" | "tenants.clinic.rtc.livekit_service_url" => {
            put(&mut config, &["tenants", "clinic", "rtc", "livekit_url"], "wss://other.example".into());
            put(&mut config, &["tenants", "clinic", "rtc", "livekit_service_url"], "https://other.example".into());
        }
        key if key.starts_with("tenants.clinic.signer.") || key.starts_with("tenants.clinic.notary.") => {
            let (path, last) = (&setting.path[..3], setting.path[3].as_str());
            let beside = |name| [path[0].as_str(), &path[1], &path[2], name];
            put(&mut config, &beside("url"), "https://other.example".into());
            if last != "key_file" {
                put(&mut config, &beside("key"), "another that nobody can guess".into());
            }
        }
        _ => {}
    }
    // A rate limit is whole or absent.
    if setting.key().starts_with("rate_limits.") && setting.path.len() == 3 {
        let limit = toml::toml! { value = { per_second = 0.5, burst = 7 } };
        put(&mut config, &["rate_limits", &setting.path[1]], limit["value"].clone());
    }
    let path: Vec<&str> = setting.path.iter().map(String::as_str).collect();
    put(&mut config, &path, value);
    toml::to_string(&config).unwrap()
}

fn put(table: &mut toml::Table, path: &[&str], value: toml::Value) {
    match path {
        [] => {}
        [key] => {
            table.insert((*key).to_owned(), value);
        }
        [key, rest @ ..] => {
            let below = table.entry((*key).to_owned()).or_insert_with(|| toml::Table::new().into());
            put(below.as_table_mut().unwrap(), rest, value);
        }
    }
}

/// What counts for a setting; secrets as what they are.
fn counting(config: &Config, setting: &Setting) -> Value {
    let tenant = config.tenants.iter().find(|(slug, _)| slug.as_str() == "clinic").unwrap().1;
    let registration = tenant.registration.clone();
    match setting.path.last().unwrap().as_str() {
        "shared_secret" => registration.shared_secret.unwrap().expose().into(),
        "key" if setting.path[2] == "signer" => tenant.signer.key.as_ref().unwrap().expose().into(),
        "key" => tenant.notary.key.as_ref().unwrap().expose().into(),
        "api_secret" => config.calls.api_secret.as_ref().unwrap().expose().into(),
        "tokens" => registration.tokens.iter().map(|token| Value::from(token.expose())).collect(),
        _ => {
            let all = serde_json::to_value(config).unwrap();
            setting.path.iter().fold(all, |value, key| value[key].clone())
        }
    }
}

#[test]
fn each_setting_has_its_environment_variable_which_counts_more_than_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one", "two"] {
        std::fs::write(folder.path().join(name), format!("{name} that nobody can guess\n")).unwrap();
    }
    let settings = settings();
    assert!(settings.len() > 60, "the whole schema is looked through: {}", settings.len());
    for (key, ..) in KNOWN {
        assert!(settings.iter().any(|setting| setting.key() == *key), "there is no setting {key}");
    }
    for setting in &settings {
        let (in_file, variable, counts) = setting.values(folder.path());
        let config = with(setting, in_file);
        let name = setting.variable();
        let read = |environment: Vec<(String, String)>| {
            Config::read(&config, folder.path(), environment)
                .unwrap_or_else(|error| panic!("{name}: {error}\n{config}"))
        };
        assert_ne!(counting(&read(Vec::new()), setting), counts, "{name}: the file says something else");
        assert_eq!(counting(&read(vec![(name.clone(), variable.clone())]), setting), counts, "{name}");
        // The binary knows this variable, and none of a name that is almost the same.
        let known = consilium(folder.path(), &["tenant", "list"], &config, &[(&name, &variable)]);
        assert!(known.status.success(), "{name}: {}", String::from_utf8_lossy(&known.stderr));
        let wrong = format!("{name}S");
        let unknown = consilium(folder.path(), &["tenant", "list"], &config, &[(&wrong, &variable)]);
        let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
        assert!(!unknown.status.success() && said.contains(&wrong), "{wrong}: {said}");
    }
}
