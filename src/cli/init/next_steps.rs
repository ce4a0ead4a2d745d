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

/// Where a program is that every user may start.
const PROGRAM: &str = "/usr/local/bin/consilium";
/// The user that serves.
const USER: &str = "consilium";

/// Steps, numbered as they come.
#[derive(Default)]
struct Steps {
    text: String,
    count: usize,
}

impl Steps {
    fn next(&mut self, what: &str, lines: &str) {
        self.count += 1;
        let _ = write!(self.text, "\n{}. {what}\n", self.count);
        for line in lines.lines() {
            let _ = if line.is_empty() { writeln!(self.text) } else { writeln!(self.text, "     {line}") };
        }
    }
}

/// Everything that is told. `binary` is the program that made it.
pub fn text(place: &Place, plan: &Plan, supervisor: &Supervisor, binary: &Path) -> String {
    let answers = &plan.answers;
    let config = place.folder.join(CONFIGURATION).display().to_string();
    let brand = place.folder.join("brands").join(answers.brand_id.as_str());
    let mut steps = Steps::default();
    let what = format!("Make the brand yours: colours, pictures, texts, services, in {}", brand.display());
    steps.next(&what, "Its consents and legal documents are drafts: a lawyer has to confirm them.");
    let program = if answers.public.is_loopback() {
        let lines = format!("{} serve --config {config}\n{}   {}", binary.display(), answers.public, answers.console);
        let what = "Start it and open both addresses. They are of this machine only: for people, run `init` anew.";
        steps.next(what, &lines);
        binary.display().to_string()
    } else {
        public_steps(&mut steps, place, answers, binary)
    };
    if answers.calls.is_none() {
        steps.next("Calls, when you want them: a LiveKit server, named in [calls] of the configuration.", "");
    }
    steps.next("Back up the data, and the key apart from them.", &backups(place));
    let doctor = if answers.public.is_loopback() {
        format!("{program} doctor --config {config}")
    } else {
        format!("sudo -u {USER} {program} doctor --config {config}")
    };
    steps.next("See that all of it is well, now and after each change:", &doctor);
    made(place, plan, supervisor) + steps.text.as_str()
}

/// What makes it reachable for people. Gives the program that is going to run.
fn public_steps(steps: &mut Steps, place: &Place, answers: &Answers, binary: &Path) -> String {
    let everybody_starts_it = ["/usr", "/opt", "/bin"].iter().any(|folder| binary.starts_with(folder));
    let (program, install) = if everybody_starts_it {
        (binary.display().to_string(), String::new())
    } else {
        (PROGRAM.to_owned(), format!("install -m 755 {} {PROGRAM}\n", binary.display()))
    };
    let what = "As the machine's administrator, give it a user of its own:";
    steps.next(what, &format!("{install}{}", user(place)));
    let what = "Let the machine start it. Write /etc/systemd/system/consilium.service, then run: systemctl enable --now consilium";
    steps.next(what, &unit(place, answers, &program));
    let names = [&answers.public, &answers.console].map(|origin| host_and_port(origin).0);
    let what = format!("Let {} and {} lead to this machine, at whoever keeps your domain:", names[0], names[1]);
    steps.next(&what, "an A record each, with the machine's address (AAAA, if it has one of IPv6)");
    // Whoever issues a certificate warns there before it ends.
    let contact = answers.email.as_deref().map(|email| format!(" -m {email}")).unwrap_or_default();
    let certificates = names.map(|name| format!("certbot certonly --nginx{contact} -d {name}\n")).concat();
    let what = "Put nginx in front, with certificates that certbot gets and renews. Run:";
    steps.next(what, &format!("{certificates}\nWrite /etc/nginx/conf.d/consilium.conf, then run: nginx -t && systemctl reload nginx\n\n{}", nginx(answers)));
    if let Some(lines) = delegation(answers) {
        let what =
            "Let other Matrix clients find it by its server name. Serve there, beside whatever is served already:";
        steps.next(what, &lines);
    }
    program
}

fn made(place: &Place, plan: &Plan, Supervisor { user_id, password }: &Supervisor) -> String {
    let mut text = format!(
        "\nMade: {} for {}.\n\n\
         The keeper's key is {}.\n\
         Copy it now to a place that no backup of the data reaches, such as a safe. Whoever has it and the data reads every\n\
         conversation. Whoever loses it loses the archive and every conversation for ever: nobody can make it anew.\n\n\
         The first supervisor signs in at {} as\n\n  user       {}\n  password   {password}\n\n\
         The password is shown this once, and kept nowhere. The console begins with a rehearsal: your phone plays the patient.\n",
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
    format!("useradd --system --home-dir {folder} --shell /usr/sbin/nologin {USER}\nchown -R {USER}: {folder} {keys}")
}

fn unit(place: &Place, answers: &Answers, binary: &str) -> String {
    let folder = place.folder.display();
    format!(
        "[Unit]\nDescription=Consilium, {}\nWants=network-online.target\nAfter=network-online.target\n\n\
         [Service]\nUser={USER}\nExecStart={binary} serve --config {folder}/{CONFIGURATION}\nRestart=on-failure\nTimeoutStopSec=60\n\
         LimitNOFILE={OPEN_FILES}\nUMask=0077\nNoNewPrivileges=yes\nPrivateTmp=yes\nProtectSystem=strict\nProtectHome=read-only\n\
         ReadWritePaths={folder}\n\n\
         [Install]\nWantedBy=multi-user.target",
        answers.name.replace('%', "%%")
    )
}

fn nginx(answers: &Answers) -> String {
    let upload = Media::default().upload_bytes_max.div_ceil(1 << 20) + 1;
    let server = |origin: &Origin, listener: SocketAddr| {
        let (name, port) = host_and_port(origin);
        format!(
            "server {{\n    listen {port} ssl http2;\n    listen [::]:{port} ssl http2;\n    server_name {name};\n    \
             ssl_certificate     /etc/letsencrypt/live/{name}/fullchain.pem;\n    \
             ssl_certificate_key /etc/letsencrypt/live/{name}/privkey.pem;\n    client_max_body_size {upload}m;\n\n    \
             location / {{\n        proxy_pass http://{};\n        proxy_http_version 1.1;\n        \
             proxy_set_header Host $http_host;\n        proxy_set_header X-Forwarded-For $remote_addr;\n        \
             proxy_buffering off;\n        proxy_request_buffering off;\n        proxy_read_timeout {PROXY_PATIENCE}s;\n    }}\n}}\n",
            reached(listener)
        )
    };
    let console = server(&answers.console, answers.listen_console);
    format!("{}\n{console}", server(&answers.public, answers.listen_public))
}

/// An origin's host, and its port, which is 443 where none is said.
fn host_and_port(origin: &Origin) -> (&str, &str) {
    match origin.host().rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
        _ => (origin.host(), "443"),
    }
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
        told_by("/usr/bin/consilium", words)
    }

    fn told_by(binary: &str, words: &[&str]) -> String {
        let answers = answers_of(&[&["given", "--name", "Yew"], words].concat());
        let place = Place { folder: "/srv/yew".into(), key: "/srv/yew-keys/keeper.key".into() };
        let plan = Plan::make(answers, &place.key, &Context::system()).unwrap();
        let supervisor = Supervisor { user_id: "@olga:yew.example".to_owned(), password: "a password".to_owned() };
        text(&place, &plan, &supervisor, Path::new(binary))
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
            "Let yew.example and console.yew.example lead to this machine",
            "certbot certonly --nginx -d console.yew.example",
            "sudo -u consilium /usr/bin/consilium doctor --config /srv/yew/consilium.toml",
        ] {
            assert!(told.contains(part), "{part}\n{told}");
        }
        assert!(!told.contains("well-known"), "the server name is the public host: {told}");
        assert_eq!(told.matches("a password").count(), 1);
    }

    #[test]
    fn who_issues_certificates_knows_whom_to_warn() {
        let told = told(&["--public", "https://yew.example", "--email", "olga@yew.example"]);
        assert!(told.contains("certbot certonly --nginx -m olga@yew.example -d console.yew.example"), "{told}");
    }

    #[test]
    fn another_server_name_has_to_lead_to_the_public_address() {
        let told = told(&["--public", "https://chat.yew.example:8443", "--server-name", "yew.example"]);
        assert!(told.contains("https://yew.example/.well-known/matrix/client"), "{told}");
        assert!(told.contains("listen 8443 ssl http2;") && told.contains("server_name chat.yew.example;"), "{told}");
    }

    #[test]
    fn a_program_that_only_its_owner_can_start_is_put_where_all_can() {
        let told = told_by("/home/olga/consilium", &["--public", "https://yew.example"]);
        assert!(told.contains("install -m 755 /home/olga/consilium /usr/local/bin/consilium\n"), "{told}");
        assert!(told.contains("ExecStart=/usr/local/bin/consilium serve"), "{told}");
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
