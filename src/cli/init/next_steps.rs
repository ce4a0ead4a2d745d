//! What is told of an installation that was just made: where everything is, what must not be lost, who signs in, and what to do next. Pure.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use consilium_config::{Media, Origin, Secret};

use super::answers::Answers;
use super::place::{Place, Supervisor};
use super::plan::{CONFIGURATION, Plan};

/// How long a proxy waits for an answer: longer than the longest long poll. Unit: seconds.
const PROXY_PATIENCE: u64 = 150;
/// Open files that the unit allows: 10,000 connections, as `http.connections_max` is by default, with the stores and plenty of room.
const OPEN_FILES: u32 = 65_536;

/// Everything that is told. `binary` is the program that is going to run.
pub fn text(place: &Place, plan: &Plan, supervisor: &Supervisor, binary: &Path) -> String {
    let answers = &plan.answers;
    let mut text = made(place, plan, supervisor);
    let config = place.folder.join(CONFIGURATION);
    let (config, binary) = (config.display(), binary.display());
    let mut step = 0;
    let mut next = |text: &mut String, what: &str, lines: &str| {
        step += 1;
        let _ = write!(text, "\n{step}. {what}\n");
        for line in lines.lines() {
            let _ = if line.is_empty() { writeln!(text) } else { writeln!(text, "     {line}") };
        }
    };
    let brand = place.folder.join("brands").join(answers.brand_id.as_str());
    let what = format!(
        "Make the brand yours: colours, logo, services, texts, and the drafts that a lawyer confirms, in {}",
        brand.display()
    );
    next(&mut text, &what, "");
    if answers.public.is_loopback() {
        let lines = format!("{binary} serve --config {config}\n{}   {}", answers.public, answers.console);
        next(
            &mut text,
            "Start it and open both addresses. They are of this machine only: run `init` anew for a real installation.",
            &lines,
        );
    } else {
        next(&mut text, "Give it a user of its own.", &user(place));
        let unit = unit(place, answers, &binary.to_string());
        next(
            &mut text,
            "Let systemd start it: /etc/systemd/system/consilium.service, then `systemctl enable --now consilium`.",
            &unit,
        );
        next(
            &mut text,
            "Put a proxy with TLS in front. For nginx, with certificates that are renewed by themselves:",
            &nginx(answers),
        );
        if let Some(lines) = delegation(answers) {
            next(
                &mut text,
                "Let other Matrix clients find it by its server name. Serve there, beside whatever is served already:",
                &lines,
            );
        }
    }
    if answers.calls.is_none() {
        next(&mut text, "Calls, when you want them: a LiveKit server, named in [calls] of the configuration.", "");
    }
    next(&mut text, "Back up the data, and the key apart from them.", &backups(place));
    next(
        &mut text,
        "See that all of it is well, now and after each change:",
        &format!("{binary} doctor --config {config}"),
    );
    text
}

fn made(place: &Place, plan: &Plan, Supervisor { user_id, password }: &Supervisor) -> String {
    let mut text = format!(
        "\nMade: {} for {}.\n\n\
         The keeper's key is {}.\n\
         Copy it now to a place that no backup of the data reaches, such as a safe. Whoever has it and the data reads every\n\
         conversation. Whoever loses it loses the archive and every conversation for ever: nobody can make it anew.\n\n\
         The first supervisor signs in at {} as\n\n  user       {}\n  password   {password}\n\n\
         The password is shown this once, and kept nowhere.\n",
        place.folder.display(),
        plan.answers.name,
        place.key.display(),
        plan.answers.console,
        localpart(user_id),
    );
    if let Some(token) = plan.registration_token.as_ref().map(Secret::expose) {
        let _ = write!(text, "\nWho has this token may make an account: {token}\n");
    }
    text
}

fn localpart(user_id: &str) -> &str {
    user_id.trim_start_matches('@').split(':').next().unwrap_or(user_id)
}

fn user(place: &Place) -> String {
    let (folder, keys) = (place.folder.display(), place.key.parent().unwrap_or(Path::new("/")).display());
    format!(
        "useradd --system --home-dir {folder} --shell /usr/sbin/nologin consilium\nchown -R consilium: {folder} {keys}"
    )
}

fn unit(place: &Place, answers: &Answers, binary: &str) -> String {
    let folder = place.folder.display();
    format!(
        "[Unit]\nDescription=Consilium, {}\nWants=network-online.target\nAfter=network-online.target\n\n\
         [Service]\nUser=consilium\nExecStart={binary} serve --config {folder}/{CONFIGURATION}\nRestart=on-failure\nTimeoutStopSec=60\n\
         LimitNOFILE={OPEN_FILES}\nUMask=0077\nNoNewPrivileges=yes\nPrivateTmp=yes\nProtectSystem=strict\nProtectHome=read-only\n\
         ReadWritePaths={folder}\n\n\
         [Install]\nWantedBy=multi-user.target",
        answers.name.replace('%', "%%")
    )
}

fn nginx(answers: &Answers) -> String {
    let upload = Media::default().upload_bytes_max.div_ceil(1 << 20) + 1;
    let server = |origin: &Origin, listener: SocketAddr| {
        let (name, port) = match origin.host().rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
            _ => (origin.host(), "443"),
        };
        format!(
            "server {{\n    listen {port} ssl;\n    listen [::]:{port} ssl;\n    http2 on;\n    server_name {name};\n    \
             ssl_certificate     /etc/letsencrypt/live/{name}/fullchain.pem;\n    \
             ssl_certificate_key /etc/letsencrypt/live/{name}/privkey.pem;\n    client_max_body_size {upload}m;\n\n    \
             location / {{\n        proxy_pass http://{};\n        proxy_http_version 1.1;\n        \
             proxy_set_header Host $http_host;\n        proxy_set_header X-Forwarded-For $remote_addr;\n        \
             proxy_buffering off;\n        proxy_request_buffering off;\n        proxy_read_timeout {PROXY_PATIENCE}s;\n    }}\n}}\n",
            reached(listener)
        )
    };
    server(&answers.public, answers.listen_public) + "\n" + &server(&answers.console, answers.listen_console)
}

/// Where a proxy of this machine comes to a listener.
fn reached(listener: SocketAddr) -> SocketAddr {
    let ip = if listener.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { listener.ip() };
    SocketAddr::new(ip, listener.port())
}

/// How the server name leads to the public address, where it is another host.
fn delegation(answers: &Answers) -> Option<String> {
    let host = answers.public.host();
    (host != answers.server_name).then(|| {
        format!(
            "https://{}/.well-known/matrix/client\n{{ \"m.homeserver\": {{ \"base_url\": \"{}\" }} }}\nwith the header Access-Control-Allow-Origin: *",
            answers.server_name, answers.public
        )
    })
}

fn backups(place: &Place) -> String {
    let folder = place.folder.display();
    format!(
        "{folder}, by a snapshot of its file system, or by a copy while the service is stopped; {} elsewhere.\n\
         A backup has been tried when a copy of the folder started with a copy of the key, and `archive verify` found all records there.",
        place.key.display()
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::path::Path;

    use consilium_homeserver::Context;

    use super::{Place, Plan, Supervisor, text};
    use crate::cli::init::testing::answers_of;

    fn told(words: &[&str]) -> String {
        let answers = answers_of(&[&["given", "--name", "Yew"], words].concat());
        let place = Place { folder: "/srv/yew".into(), key: "/srv/yew-keys/keeper.key".into() };
        let plan = Plan::make(answers, &place.key, &Context::system()).unwrap();
        let supervisor = Supervisor { user_id: "@olga:yew.example".to_owned(), password: "a password".to_owned() };
        text(&place, &plan, &supervisor, Path::new("/usr/bin/consilium"))
    }

    #[test]
    fn a_real_installation_is_told_of_key_password_unit_proxy_backups_and_doctor() {
        let told = told(&["--public", "https://yew.example"]);
        for part in [
            "The keeper's key is /srv/yew-keys/keeper.key.",
            "loses the archive",
            "https://console.yew.example as",
            "user       olga\n  password   a password\n",
            "ExecStart=/usr/bin/consilium serve --config /srv/yew/consilium.toml",
            "LimitNOFILE=65536",
            "ReadWritePaths=/srv/yew\n",
            "server_name yew.example;",
            "server_name console.yew.example;",
            "proxy_pass http://127.0.0.1:8009;",
            "client_max_body_size 101m;",
            "a snapshot of its file system",
            "/usr/bin/consilium doctor --config /srv/yew/consilium.toml",
        ] {
            assert!(told.contains(part), "{part}\n{told}");
        }
        assert!(!told.contains("well-known"), "the server name is the public host: {told}");
        assert_eq!(told.matches("a password").count(), 1);
    }

    #[test]
    fn another_server_name_has_to_lead_to_the_public_address() {
        let told = told(&["--public", "https://chat.yew.example:8443", "--server-name", "yew.example"]);
        assert!(told.contains("https://yew.example/.well-known/matrix/client"), "{told}");
        assert!(told.contains("listen 8443 ssl;") && told.contains("server_name chat.yew.example;"), "{told}");
    }

    #[test]
    fn an_installation_of_this_machine_needs_no_proxy() {
        let told = told(&["--public", "http://127.0.0.1:8008"]);
        assert!(told.contains("of this machine only") && !told.contains("nginx"), "{told}");
    }

    #[test]
    fn a_registration_token_is_told() {
        let told = told(&["--public", "https://yew.example", "--registration", "token"]);
        assert!(told.contains("Who has this token may make an account: "), "{told}");
    }
}
