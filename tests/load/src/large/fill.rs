//! Fills the database of a service that does not run: plain rows by `fill.sql`, what is sealed by the service's own key.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};
use consilium_consult::{
    Context, key_file,
    tenant_key::{Place, TenantKey},
};
use rusqlite::{Connection, Transaction, params};
use serde_json::{Value, json};

use super::{STAFF, SUPERVISORS};
use crate::desk::{Desk, SERVER_NAME};

/// Consultations for each patient.
const FOR_EACH_PATIENT: i64 = 5;
/// One call-back for so many consultations.
const FOR_EACH_CALLBACK: i64 = 20;
/// At most so many consultations and call-backs are open.
const OPEN_MAX: i64 = 2_000;
const OPEN_CALLBACKS_MAX: i64 = 500;
const DAY_MS: i64 = 86_400_000;
const DAYS: i64 = 365;
/// A prime, as in `fill.sql`.
const STRIDE: i64 = 7_919;
/// What a consultation takes on the disk with all that belongs to it and its indexes, generously; and what the rest of a desk takes. Unit: bytes.
const BYTES_OF_EACH: u64 = 5_200;
const BYTES_BESIDE: u64 = 1 << 30;
/// Nothing here has to survive a power cut.
const FAST: &str =
    "PRAGMA journal_mode = memory; PRAGMA synchronous = off; PRAGMA cache_size = -500000; PRAGMA temp_store = memory;";
/// As the service leaves its database: its journal, and what the planner knows of its tables (0x10000: also of those that this connection never asked).
const AS_IT_WAS: &str = "PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002; PRAGMA journal_mode = wal;";
const FIRST_NAMES: [&str; 16] = [
    "Anna",
    "Boris",
    "Вера",
    "Gleb",
    "Дарья",
    "Ivan",
    "Клара",
    "Lev",
    "Мария",
    "Nina",
    "Олег",
    "Pavel",
    "Раиса",
    "Semyon",
    "Тамара",
    "Yuri",
];
const LAST_NAMES: [&str; 12] = [
    "Andersen",
    "Белова",
    "Volkov",
    "Громова",
    "Ёлкина",
    "Ivanov",
    "Козлова",
    "Lebedev",
    "Морозова",
    "Novak",
    "Öztürk",
    "Попова",
];

/// How much is filled in.
pub(super) struct Size {
    consultations: i64,
    patients: i64,
}

impl Size {
    /// Of a desk with so many consultations. The number of patients is a multiple of five, because a fifth of them is the psychologist's.
    pub(super) fn of(consultations: u32) -> Self {
        let consultations = i64::from(consultations);
        Self { consultations, patients: consultations / (FOR_EACH_PATIENT * 5) * 5 }
    }

    fn callbacks(&self) -> i64 {
        self.consultations / FOR_EACH_CALLBACK
    }
}

/// When the year of the desk began and ends.
struct Year {
    began_ms: i64,
    ends_ms: i64,
}

/// Fills in a year that ends now. Returns first and last day of the last thirty whole days.
pub(super) fn fill(desk: &Desk, size: &Size) -> Result<(String, String)> {
    let folder = desk.tenant_folder();
    must_have_room(&folder, size)?;
    let context = Context::system();
    let keeper_key = key_file::read_or_make(&desk.keeper_key_file(), &context)?;
    let ends_ms = context.now().as_millis();
    let year = Year { began_ms: ends_ms - DAYS * DAY_MS, ends_ms };
    let seal = Seal { key: TenantKey::derive(&keeper_key, SERVER_NAME), context };
    let mut connection = Connection::open(folder.join("consult.db"))?;
    connection.execute_batch(FAST)?;
    let writing = connection.transaction()?;
    patients(&writing, &seal, size, &year)?;
    write_size(&writing, size, &year)?;
    writing.execute_batch(include_str!("fill.sql"))?;
    callbacks(&writing, &seal, size, &year)?;
    writing.commit()?;
    connection.execute_batch(AS_IT_WAS)?;
    let day = |days: i64| {
        connection
            .query_row("SELECT date(? / 1000, 'unixepoch')", [ends_ms - days * DAY_MS], |row| row.get::<_, String>(0))
    };
    Ok((day(30)?, day(1)?))
}

/// Refused before the work where the disk would be full.
fn must_have_room(folder: &Path, size: &Size) -> Result<()> {
    let needed = BYTES_BESIDE + u64::try_from(size.consultations)? * BYTES_OF_EACH;
    let output = Command::new("df").args(["-Pk", "--"]).arg(folder).output()?;
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    let free = table.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    let free = free.with_context(|| format!("df says: {table}"))? * 1024;
    ensure!(
        free >= needed,
        "the disk is too full: {} GB are free below {}, {} are needed; set TMPDIR to a folder on another disk, or give --consultations a smaller number",
        free / 1_000_000_000,
        folder.display(),
        needed.div_ceil(1_000_000_000)
    );
    Ok(())
}

/// The service's way of sealing.
struct Seal {
    key: TenantKey,
    context: Context,
}

impl Seal {
    fn value(&self, table: &'static str, column: &'static str, row: &str, value: &Value) -> Vec<u8> {
        self.key.seal(&self.context, Place { table, column, row }, value.to_string().as_bytes())
    }
}

fn phone(number: i64) -> String {
    format!("+7495{number:07}")
}

/// Patients `patient-000000` and so on, with a card each.
fn patients(writing: &Transaction<'_>, seal: &Seal, size: &Size, year: &Year) -> Result<()> {
    let mut insert = writing.prepare(
        "INSERT INTO patient (id, user_id, created_at, card, phone_index, email_index, consultations, last_consultation_at)
         VALUES (?, ?, ?, ?, ?, ?, 0, 0)",
    )?;
    for number in 0..size.patients {
        let place = usize::try_from(number)?;
        let (first, last) = (FIRST_NAMES[place % FIRST_NAMES.len()], LAST_NAMES[place / 7 % LAST_NAMES.len()]);
        let (id, phone, email) = (format!("patient-{number:06}"), phone(number), format!("p{number}@mail.example"));
        let card = json!({
            "name": format!("{first} {last}"),
            "birth_date": format!("{}-0{}-1{}", 1930 + number % 90, 1 + number % 9, number % 10),
            "sex": if number % 2 == 0 { "female" } else { "male" },
            "phone": phone,
            "email": email,
        });
        insert.execute(params![
            id,
            format!("@filled{number}:{SERVER_NAME}"),
            year.began_ms - number,
            seal.value("patient", "card", &id, &card),
            seal.key.index("phone", &phone),
            seal.key.index("email", &email),
        ])?;
    }
    Ok(())
}

/// What `fill.sql` goes by.
fn write_size(writing: &Transaction<'_>, size: &Size, year: &Year) -> Result<()> {
    writing.execute_batch(
        "CREATE TEMP TABLE size (consultations INTEGER, patients INTEGER, staff INTEGER, supervisors INTEGER, still_open INTEGER, began INTEGER, each_ms INTEGER)",
    )?;
    writing.execute(
        "INSERT INTO size VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![
            size.consultations,
            size.patients,
            i64::try_from(STAFF)?,
            i64::try_from(SUPERVISORS)?,
            OPEN_MAX.min(size.patients / 10),
            year.began_ms,
            DAYS * DAY_MS / size.consultations,
        ],
    )?;
    Ok(())
}

/// Call-backs through the year; the last ones are open, half of them overdue. Those are due much later than anything here takes.
fn callbacks(writing: &Transaction<'_>, seal: &Seal, size: &Size, year: &Year) -> Result<()> {
    let mut insert = writing.prepare(
        "INSERT INTO callback (id, version, source, patient_id, conversation_id, request_id, queue_id, phase, stage, phase_since, requested_at,
             time_zone, due_at, overdue_since, attempts, operator_id, taken_at, means, outcome, ending, ended_at, details, phone_index)
         VALUES (?1, 3, 'app', ?2, ?3, ?1, ?4, ?5, ?6, ?7, ?8, 'Europe/Moscow', ?9, ?10, 1, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?;
    let (count, staff) = (size.callbacks(), i64::try_from(STAFF)?);
    let (each_ms, open_from) = ((year.ends_ms - year.began_ms) / count, count - OPEN_CALLBACKS_MAX.min(count / 4));
    for number in 0..count {
        let (id, of) = (format!("b-{number:08}"), number * STRIDE % size.patients);
        let asked = year.began_ms + number * each_ms;
        let (is_open, is_waiting, is_late) = (number >= open_from, number % 2 == 0, number % 4 < 2);
        let (phase, stage) = match (is_open, is_waiting) {
            (false, _) => ("archived", 2),
            (true, true) => ("new", 0),
            (true, false) => ("taken", 1),
        };
        let due = match (is_open, is_late) {
            (true, false) => year.ends_ms + DAY_MS / 4,
            (true, true) => year.ends_ms - DAY_MS / 24,
            (false, _) => asked + DAY_MS / 48,
        };
        let is_taken = !(is_open && is_waiting);
        let details = json!({ "phone": phone(of), "reason": "Please call me about my test results." });
        insert.execute(params![
            id,
            format!("patient-{of:06}"),
            format!("conversation-{of:06}"),
            if of % 5 == 1 { "psychologist" } else { "therapist" },
            phase,
            stage,
            asked,
            asked,
            due,
            (is_late && is_open).then_some(due),
            is_taken.then(|| format!("operator-{:04}", number % staff)),
            is_taken.then_some(asked),
            (!is_open).then_some("telephone"),
            (!is_open).then_some("answered"),
            (!is_open).then_some("done"),
            (!is_open).then_some(asked + DAY_MS / 48),
            seal.value("callback", "details", &id, &details),
            seal.key.index("phone", &phone(of)),
        ])?;
    }
    Ok(())
}
