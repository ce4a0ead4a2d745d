//! The table: a row, how it is sent, and what must hold after all of them.

use std::fmt::Write as _;

use crate::{
    accounts, bodies, consult, endpoints,
    fixture::Fixture,
    http::{Reply, exchange},
    keys, media, odd, rooms, tenants,
};

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A patient with a room of her own, a conversation and a waiting consultation.
    Anna,
    /// Another patient.
    Boris,
    /// An operator; also a member of Anna's own room.
    Petrova,
    /// A supervisor.
    Volkova,
    /// A user of the other tenant, at that tenant's host.
    Lex,
    /// No token.
    Nobody,
    /// This text as the whole `Authorization` header.
    Header(&'static str),
}

/// A request and the refusal that it must get.
#[derive(Debug, Clone)]
pub struct Row {
    pub name: &'static str,
    pub who: Who,
    /// `METHOD path`, with `<names>` of the fixture in it.
    pub request: String,
    /// With `<names>` of the fixture in it, where it is text.
    pub body: Vec<u8>,
    /// Further header lines.
    pub headers: Vec<(&'static str, String)>,
    pub status: u16,
    /// `errcode` of the Matrix API, the problem's kind of ours; empty for user-interactive authentication, which has none.
    pub code: &'static str,
}

/// A row.
pub fn row(
    name: &'static str,
    who: Who,
    request: impl Into<String>,
    body: impl Into<Vec<u8>>,
    (status, code): (u16, &'static str),
) -> Row {
    Row { name, who, request: request.into(), body: body.into(), headers: Vec::new(), status, code }
}

impl Row {
    /// The same with a further header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Sends a row's request.
pub async fn send(fixture: &Fixture, row: &Row) -> Reply {
    let (method, path) = row.request.split_once(' ').unwrap();
    let body = match std::str::from_utf8(&row.body) {
        Ok(text) if text.len() < 64 << 10 => fixture.in_body(text).into_bytes(),
        _ => row.body.clone(),
    };
    let host = if row.who == Who::Lex { consilium_harness::LAW_NAME } else { consilium_harness::CLINIC_NAME };
    let mut head = format!("{method} {} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n", fixture.in_path(path));
    let named = |name: &str| row.headers.iter().any(|(known, _)| *known == name);
    if !named("content-length") {
        write!(head, "content-length: {}\r\n", body.len()).unwrap();
    }
    if let Some(authorization) = fixture.authorization(row.who) {
        write!(head, "authorization: {authorization}\r\n").unwrap();
    }
    for (name, value) in &row.headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    exchange(fixture.system.address(), &[head.as_bytes(), b"\r\n", &body].concat()).await
}

fn all() -> Vec<Row> {
    [
        bodies::rows(),
        endpoints::rows(),
        accounts::rows(),
        rooms::rows(),
        rooms::queries(),
        keys::rows(),
        keys::backups(),
        media::rows(),
        tenants::rows(),
        consult::of_patients(),
        consult::of_staff(),
    ]
    .concat()
}

/// Fewer rows than this are a table that somebody has cut.
const ROWS_MIN: usize = 150;

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_with_the_right_error_and_changes_nothing() {
    let fixture = Fixture::start().await;
    let rows = all();
    assert!(rows.len() >= ROWS_MIN, "{}", rows.len());
    let before = fixture.snapshot().await;
    let mut wrong = Vec::new();
    for row in &rows {
        let reply = send(&fixture, row).await;
        if (reply.status, reply.code().as_str()) != (row.status, row.code) {
            let wanted = format!("{} {}", row.status, row.code);
            wrong.push(format!("{} ({}): {wanted}, not {} {}", row.name, row.request, reply.status, reply.text()));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    let after = fixture.snapshot().await;
    for ((what, before), (_, after)) in before.iter().zip(&after) {
        assert_eq!(before, after, "{what} has changed");
    }
    odd::are_taken_and_harm_nothing(&fixture).await;
    assert_ne!(after, fixture.snapshot().await, "what does change something is seen");
    fixture.still_serves().await;
    fixture.is_unharmed().await;
}
