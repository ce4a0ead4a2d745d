//! Reports: each number is derived again from the recorded steps by a query of another kind, over a desk's life of some days.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::collections::{HashMap, HashSet};

use consilium_consult::timer;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, user};

/// What happens at the desk, one after the other.
const HAPPENINGS: usize = 160;
/// Moscow, where the clinic of the tests is, has had no other offset since 2014.
const OFFSET_MS: i64 = 3 * 3_600_000;

/// A consultation as the test remembers it.
struct Talk {
    id: String,
    room: String,
    patient: &'static str,
    lead: Option<&'static str>,
    is_held: bool,
}

/// A desk on which things happen by chance; waits are noted as they come about, because messages leave the database when they are sealed.
struct Desk {
    world: World,
    chance: StdRng,
    talks: Vec<Talk>,
    rooms: HashSet<String>,
    asked_at: HashMap<String, i64>,
    waits: Vec<i64>,
    answered: HashSet<String>,
    closed: usize,
}

impl Desk {
    async fn open(seed: u64) -> Self {
        // Nobody goes away because his console is silent.
        let world = World::start_as(|_| {}).await;
        for operator in [PETROVA, SOKOLOV] {
            world.call(operator, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
        }
        Self {
            world,
            chance: StdRng::seed_from_u64(seed),
            talks: Vec::new(),
            rooms: HashSet::new(),
            asked_at: HashMap::new(),
            waits: Vec::new(),
            answered: HashSet::new(),
            closed: 0,
        }
    }

    /// Whole minutes, so that a grid of minutes measures exactly. What waited too long is given up.
    async fn pass(&mut self) {
        let minutes = self.chance.random_range(1..40);
        self.world.pass(minutes * 60);
        timer::look(&self.world.consult.tenant("clinic").unwrap()).await.unwrap();
        let mut open = Vec::new();
        for talk in self.talks.drain(..) {
            let phase = self.world.get(VOLKOVA, &format!("/consultations/{}", talk.id)).await["phase"].clone();
            if phase != "abandoned" {
                open.push(talk);
            }
        }
        self.talks = open;
    }

    async fn happens(&mut self) {
        self.pass().await;
        let at = self.chance.random_range(0..self.talks.len().max(1));
        match self.chance.random_range(0..10) {
            0..3 => self.ask().await,
            3..9 if at < self.talks.len() => self.goes_on(at).await,
            9 => self.changes_status().await,
            _ => {}
        }
        self.world.settle().await;
    }

    async fn ask(&mut self) {
        let patients = [ANNA, BORIS, "vera", "gleb", "dina", "egor"];
        let patient = patients[self.chance.random_range(0..patients.len())];
        if self.talks.iter().any(|talk| talk.patient == patient) {
            return;
        }
        let queue = ["general", "dental"][self.chance.random_range(0..2)];
        let request_id = uuid::Uuid::from_u128(self.chance.random()).to_string();
        let body = json!({ "queue_id": queue, "request_id": request_id });
        let asked = self.world.call(patient, "POST", "/consultations", Some(body)).await;
        if asked.status == 429 {
            // The queue has no room.
            return;
        }
        let asked = asked.ok();
        self.world.settle().await;
        let (id, room) = (asked["id"].as_str().unwrap().to_owned(), asked["room_id"].as_str().unwrap().to_owned());
        if self.rooms.insert(room.clone()) {
            self.world.homeserver.join(&room, &user(patient));
        }
        self.asked_at.insert(id.clone(), self.world.now_ms());
        self.talks.push(Talk { id, room, patient, lead: None, is_held: false });
    }

    async fn goes_on(&mut self, at: usize) {
        let path = |talk: &Talk, verb: &str| format!("/consultations/{}/{verb}", talk.id);
        let talk = &self.talks[at];
        let Some(lead) = talk.lead else {
            if self.chance.random_bool(0.25) {
                self.world.post(talk.patient, &path(talk, "cancel"), json!({})).await;
                self.talks.remove(at);
                return;
            }
            let lead = if self.chance.random_bool(0.6) { SOKOLOV } else { PETROVA };
            let taken = self.world.call(lead, "POST", &path(talk, "take"), Some(json!({}))).await;
            if taken.status == 200 {
                self.world.settle().await;
                self.world.homeserver.join(&talk.room, &user(lead));
                self.talks[at].lead = Some(lead);
            }
            return;
        };
        match self.chance.random_range(0..6) {
            0 | 1 => {
                self.world.say(lead, &talk.room, "How are you?").await;
                if self.answered.insert(talk.id.clone()) {
                    self.waits.push((self.world.now_ms() - self.asked_at[&talk.id]) / 1_000);
                }
            }
            2 => {
                let verb = if talk.is_held { "resume" } else { "hold" };
                self.world.post(lead, &path(talk, verb), json!({})).await;
                self.talks[at].is_held = !self.talks[at].is_held;
            }
            3 => {
                let on = json!({ "to": { "queue_id": "general" }, "note": "please" });
                self.world.post(lead, &path(talk, "transfer"), on).await;
                (self.talks[at].lead, self.talks[at].is_held) = (None, false);
            }
            _ => {
                self.world.post(lead, &path(talk, "close"), json!({})).await;
                self.closed += 1;
                // Every third patient says nothing.
                if !self.closed.is_multiple_of(3) {
                    let rating = Some(json!({ "stars": 1 + self.closed % 5 }));
                    self.world.call(talk.patient, "PUT", &path(talk, "rating"), rating).await.ok();
                }
                self.talks.remove(at);
            }
        }
    }

    async fn changes_status(&mut self) {
        let operator = [PETROVA, SOKOLOV][self.chance.random_range(0..2)];
        let status = ["online", "break", "transfer_only", "away"][self.chance.random_range(0..4)];
        let change = Some(json!({ "status": status }));
        self.world.call(operator, "PUT", "/operators/me/status", change).await.ok();
    }

    async fn database(&self) -> SqliteConnection {
        let file = self.world.data_folder().join("consult.db");
        SqliteConnectOptions::new().filename(file).read_only(true).connect().await.unwrap()
    }
}

fn day(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms + OFFSET_MS)
        .unwrap()
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}

/// The numbers of a query, one row for each key.
async fn rows(connection: &mut SqliteConnection, sql: String) -> Vec<(String, Vec<Option<i64>>)> {
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(connection).await.unwrap();
    let numbers = |row: &sqlx::sqlite::SqliteRow| (1..row.len()).map(|at| row.get::<Option<i64>, _>(at)).collect();
    rows.iter().map(|row| (row.get::<String, _>(0), numbers(row))).collect()
}

/// The steps, each with the one after it, by a window over the history alone.
const STEPS: &str = "WITH step AS (SELECT h.consultation_id AS c, h.action, h.at, h.version,
        lead(h.at) OVER w AS next_at, lead(h.action) OVER w AS next_action, row_number() OVER (PARTITION BY h.consultation_id ORDER BY h.version DESC) AS from_end
    FROM consultation_history h
    WHERE h.action IN ('requested','taken','held','resumed','transferred','closed','cancelled','abandoned','reopened')
    WINDOW w AS (PARTITION BY h.consultation_id ORDER BY h.version))";

fn figures(row: &Value, names: &[&str]) -> Vec<Option<i64>> {
    names.iter().map(|name| row["figures"][name].as_i64()).collect()
}

fn nearest_rank(mut values: Vec<i64>, percent: usize) -> Option<i64> {
    values.sort_unstable();
    values.get((values.len() * percent).div_ceil(100).checked_sub(1)?).copied()
}

#[tokio::test]
async fn each_number_is_what_another_query_of_the_recorded_steps_says() {
    for seed in [1, 2, 3] {
        let mut desk = Desk::open(seed).await;
        let begun = desk.world.now_ms();
        for _ in 0..HAPPENINGS {
            desk.happens().await;
        }
        let now = desk.world.now_ms();
        let (from, to) = (day(begun), day(now));
        let path = format!("/reports/consultations?from={from}&to={to}");
        let report = desk.world.get(VOLKOVA, &path).await;
        let mut connection = desk.database().await;
        counts_agree(&desk, &report, &mut connection, seed).await;
        lengths_agree(&report, &mut connection, now, seed).await;
        minutes_agree(&report, &mut connection, (begun, now), seed).await;
        let total = &report["total"];
        assert_eq!(total["wait"]["median_seconds"].as_i64(), nearest_rank(desk.waits.clone(), 50), "seed {seed}");
        assert_eq!(total["wait"]["p90_seconds"].as_i64(), nearest_rank(desk.waits.clone(), 90), "seed {seed}");
        groups_agree(&desk, &path, total, seed).await;
    }
}

async fn counts_agree(desk: &Desk, report: &Value, connection: &mut SqliteConnection, seed: u64) {
    let by_day = rows(
        connection,
        format!(
            "{STEPS}, of AS (SELECT c, min(at) AS asked, sum(action = 'transferred') AS transfers,
                max(CASE WHEN from_end = 1 THEN action END) AS last_action, max(CASE WHEN from_end = 1 THEN at END) AS last_at FROM step GROUP BY c)
            SELECT date((asked + {OFFSET_MS}) / 1000, 'unixepoch'), count(*), sum(last_action = 'closed'),
                sum(last_action IN ('cancelled', 'abandoned')), sum(transfers),
                sum(EXISTS (SELECT 1 FROM step s WHERE s.c = of.c AND s.action = 'closed' AND s.next_action = 'reopened' AND s.next_at - s.at <= 86400000)
                    OR (last_action = 'closed' AND EXISTS (SELECT 1 FROM consultation a JOIN consultation b ON a.conversation_id = b.conversation_id
                        WHERE a.id = of.c AND b.requested_at BETWEEN of.last_at AND of.last_at + 86400000)))
            FROM of GROUP BY 1 ORDER BY 1"
        ),
    )
    .await;
    let names = ["entered", "closed", "abandoned", "transfers", "reopened"];
    let told: Vec<_> = report["rows"].as_array().unwrap().iter().collect();
    let told: Vec<(String, Vec<Option<i64>>)> =
        told.iter().map(|row| (row["key"].as_str().unwrap().to_owned(), figures(row, &names))).collect();
    let told: Vec<_> = told.into_iter().filter(|(_, numbers)| numbers[0] != Some(0)).collect();
    assert_eq!(told, by_day, "seed {seed}");
    assert!(by_day.len() > 1, "seed {seed}: the life spans days");
    assert_eq!(report["total"]["answered"], desk.answered.len(), "seed {seed}");
    let rated = rows(
        connection,
        format!(
            "{STEPS} SELECT '', count(*), (sum(r.stars) * 1000 + count(*) / 2) / count(*), (SELECT count(*) FROM step WHERE from_end = 1 AND action = 'closed')
            FROM rating r JOIN step s ON s.c = r.consultation_id AND s.from_end = 1 AND s.action = 'closed'"
        ),
    )
    .await
    .remove(0)
    .1;
    let total = &report["total"];
    assert_eq!((total["rated"].as_i64(), total["rating_permille"].as_i64()), (rated[0], rated[1]), "seed {seed}");
    let response = (rated[0].unwrap() * 1_000 + rated[2].unwrap() / 2) / rated[2].unwrap();
    assert_eq!(total["response_permille"].as_i64(), Some(response), "seed {seed}");
    assert!(rated[0] > Some(0) && rated[0] < rated[2], "seed {seed}: some said something, not all");
}

async fn lengths_agree(report: &Value, connection: &mut SqliteConnection, now: i64, seed: u64) {
    let sql = format!(
        "{STEPS} SELECT c, sum(CASE WHEN action IN ('taken', 'resumed') THEN coalesce(next_at, {now}) - at ELSE 0 END) / 1000,
            (max(at) - min(at)) / 1000 FROM step GROUP BY c HAVING max(CASE WHEN from_end = 1 THEN action END) = 'closed'"
    );
    let closed = rows(connection, sql).await;
    let column = |at: usize| closed.iter().map(|(_, numbers)| numbers[at].unwrap()).collect::<Vec<_>>();
    for (figure, at) in [("handling", 0), ("resolution", 1)] {
        let spread = &report["total"][figure];
        let wanted = (nearest_rank(column(at), 50), nearest_rank(column(at), 90));
        assert_eq!((spread["median_seconds"].as_i64(), spread["p90_seconds"].as_i64()), wanted, "seed {seed} {figure}");
    }
}

/// Duty and business on a grid of minutes, each looked at in its middle: the clock of the tests has moved in whole minutes.
async fn minutes_agree(report: &Value, connection: &mut SqliteConnection, (begun, now): (i64, i64), seed: u64) {
    let sql = format!(
        "{STEPS}, minute AS (SELECT {begun} + 30000 AS m UNION ALL SELECT m + 60000 FROM minute WHERE m + 60000 < {now}),
        duty AS (SELECT m, operator_id AS o FROM minute JOIN operator_status s
            ON s.since <= m AND coalesce(s.until, {now}) > m AND s.status IN ('online', 'transfer_only', 'going_off')),
        held AS (SELECT c, at, coalesce(next_at, {now}) AS until FROM step WHERE action = 'held'),
        work AS (SELECT d.m, d.o, p.consultation_id FROM duty d JOIN participant p
            ON p.operator_id = d.o AND p.joined_at <= d.m AND coalesce(p.left_at, {now}) > d.m AND p.role <> 'observer'
            WHERE NOT EXISTS (SELECT 1 FROM held h WHERE h.c = p.consultation_id AND h.at <= d.m AND h.until > d.m))
        SELECT '', (SELECT count(*) FROM duty), (SELECT count(*) FROM (SELECT DISTINCT m, o FROM work)), (SELECT count(*) FROM work)"
    );
    let numbers = rows(connection, sql).await.remove(0).1;
    let (duty, busy, load) = (numbers[0].unwrap(), numbers[1].unwrap(), numbers[2].unwrap());
    assert!(busy > 0 && load > busy && duty > busy, "seed {seed}: {duty} {busy} {load}");
    let permille = |part: i64, whole: i64| (part * 1_000 + whole / 2) / whole;
    let total = &report["total"];
    // A status begins a millisecond after the one before it, so a minute of the grid may be a little short.
    let is_near = |name: &str, wanted: i64| (total[name].as_i64().unwrap() - wanted).abs() <= 1;
    assert!(is_near("on_duty_seconds", duty * 60), "seed {seed}: {} and {duty} minutes", total["on_duty_seconds"]);
    assert!(is_near("occupancy_permille", permille(busy, duty)), "seed {seed}: {busy} of {duty}, {total}");
    assert!(is_near("concurrency_permille", permille(load, busy)), "seed {seed}: {load} of {busy}, {total}");
}

/// However the period is cut, the parts have what the whole has, and each number stands for consultations that can be listed.
async fn groups_agree(desk: &Desk, path: &str, total: &Value, seed: u64) {
    for group in ["hour", "day", "week", "queue", "operator"] {
        let report = desk.world.get(VOLKOVA, &format!("{path}&group={group}")).await;
        for name in ["entered", "answered", "closed", "abandoned", "transfers", "reopened", "rated"] {
            let sum: i64 =
                report["rows"].as_array().unwrap().iter().map(|row| row["figures"][name].as_i64().unwrap()).sum();
            assert_eq!(report["total"][name], total[name], "seed {seed} {group} {name}");
            assert_eq!(sum, total[name].as_i64().unwrap(), "seed {seed} {group} {name}");
        }
        let busiest =
            report["rows"].as_array().unwrap().iter().max_by_key(|row| row["figures"]["closed"].as_i64()).unwrap();
        let behind = path.replace("consultations?", "consultations/behind?");
        let key = busiest["key"].as_str().unwrap();
        let listed =
            desk.world.get(VOLKOVA, &format!("{behind}&group={group}&key={key}&figure=closed&limit=200")).await;
        assert_eq!(listed["total"], busiest["figures"]["closed"], "seed {seed} {group} {key}");
        assert!(listed["items"].as_array().unwrap().iter().all(|row| row["phase"] == "archived"));
    }
}

#[tokio::test]
async fn the_wallboard_shows_what_stands_now_and_today_so_far() {
    let world = World::start().await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    world.talk(ANNA, PETROVA).await;
    world.ask(BORIS, "dental").await;
    let board = world.get(VOLKOVA, "/reports/now").await;
    let queue = |id: &str| {
        board["queues"].as_array().unwrap().iter().find(|queue| queue["queue"]["id"] == id).cloned().unwrap()
    };
    assert_eq!((&queue("general")["queue"]["active"], &queue("dental")["queue"]["waiting"]), (&json!(1), &json!(1)));
    assert_eq!(queue("dental")["today"]["entered"], 1);
    assert_eq!(board["today"]["entered"], 2);
    let online = board["operators"].as_array().unwrap().iter().find(|count| count["status"] == "online").unwrap();
    assert_eq!(online["operators"], 1);
    world.pass(24 * 3_600);
    assert_eq!(world.get(VOLKOVA, "/reports/now").await["today"]["entered"], 0, "another day");
}

#[tokio::test]
async fn a_report_that_cannot_be_made_says_why() {
    let world = World::start().await;
    for (query, status, slug) in [
        ("from=2026-11-02&to=2026-11-01", 422, "invalid"),
        ("from=2025-11-01&to=2026-11-02", 422, "invalid"),
        ("from=2026-11-01&to=2026-11-01&queue=none", 422, "invalid"),
        ("from=2026-11-01&to=2026-11-01&operator=nobody", 422, "invalid"),
        ("from=yesterday&to=2026-11-01", 400, "invalid"),
        ("from=2026-11-01", 400, "invalid"),
        ("from=2026-11-01&to=2026-11-01&group=year", 400, "invalid"),
    ] {
        world.call(VOLKOVA, "GET", &format!("/reports/consultations?{query}"), None).await.problem(status, slug);
    }
    let cursor = "/reports/consultations/behind?from=2026-11-01&to=2026-11-01&cursor=x";
    world.call(VOLKOVA, "GET", cursor, None).await.problem(400, "invalid");
}
