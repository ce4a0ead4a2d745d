//! The store alone, as the homeserver uses it: synced batches of a message's shape with 1, 16 and 64 committers, point
//! look-ups, scans of 50, media. `cargo bench -p consilium-store [-- <part of a name>]`.
//!
//! Medians of [`RUNS`] runs. A run's store lies below `STORE_BENCH_DIR` (default: the folder for temporary files), which
//! must be a real disk for the syncs to mean anything.
#![expect(clippy::unwrap_used, reason = "a benchmark")]
#![expect(clippy::cast_precision_loss, clippy::print_stdout, reason = "figures for people")]

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use consilium_store::{
    Access, Batch, Blobs, Direction, Engine, Keyspace, MemoryEngine, OpenOptions, Position, RocksEngine,
    SharedResources, Table,
};
use futures_util::{TryStreamExt, stream};
use tokio::task::JoinSet;

const RUNS: usize = 3;
const SECONDS: Duration = Duration::from_secs(3);

const EVENTS: Table = Table { name: "events", access: Access::Scan { prefix_bytes: 9 } };
const TIMELINES: Table = Table { name: "timelines", access: Access::Scan { prefix_bytes: 9 } };
const IDS: Table = Table { name: "ids", access: Access::Point };
const HEADS: Table = Table { name: "heads", access: Access::Point };
const CHANGES: Table = Table { name: "changes", access: Access::Scan { prefix_bytes: 1 } };
const TABLES: [Table; 5] = [EVENTS, TIMELINES, IDS, HEADS, CHANGES];

const BODY: Keyspace<(u64, u64), Bytes> = Keyspace::new(EVENTS, 1);
const META: Keyspace<(u64, u64), Bytes> = Keyspace::new(EVENTS, 2);
const TIMELINE: Keyspace<(u64, i64), u64> = Keyspace::new(TIMELINES, 1);
const EVENT_ID: Keyspace<([u8; 32],), Bytes> = Keyspace::new(IDS, 1);
const TXN: Keyspace<(u64, String), Bytes> = Keyspace::new(IDS, 2);
const HEAD: Keyspace<(u64,), Bytes> = Keyspace::new(HEADS, 1);
const CHANGE: Keyspace<(Position, u16), u64> = Keyspace::new(CHANGES, 1);

/// Bytes of an event's JSON; half of it differs from event to event, as ciphertext does.
const BODY_BYTES: usize = 735;

fn main() {
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let wanted = |name: &str| only.as_ref().is_none_or(|part| name.contains(part.as_str()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for committers in [1, 8, 16, 64] {
        let name = format!("commit/{committers}");
        if wanted(&name) {
            println!("{}", median((0..RUNS).map(|_| runtime.block_on(commits(&name, committers))).collect()));
        }
    }
    for (name, bench) in [("read", reads as fn(&tokio::runtime::Runtime)), ("blob", blobs), ("open", opens)] {
        if wanted(name) {
            bench(&runtime);
        }
    }
}

struct Figure {
    rate: f64,
    text: String,
}

fn median(mut figures: Vec<Figure>) -> String {
    figures.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    figures.swap_remove(figures.len() / 2).text
}

fn folder() -> tempfile::TempDir {
    let below = std::env::var_os("STORE_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    tempfile::tempdir_in(below).unwrap()
}

fn open(folder: &tempfile::TempDir) -> RocksEngine {
    let options = OpenOptions::named("bench");
    RocksEngine::open_blocking(&folder.path().join("store"), &TABLES, &SharedResources::default(), options).unwrap()
}

/// Cheap pseudo-random bytes, the same in each run.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()
    })
    .flatten()
    .map(|byte| b'0' + byte % 64)
    .take(length)
    .collect()
}

fn body(seed: u64) -> Bytes {
    let mut body = br#"{"auth_events":[],"content":{"algorithm":"m.megolm.v1.aes-sha2"},"depth":1,"hashes":{},"prev_events":[],"room_id":"!","sender":"@","type":"m.room.encrypted"}"#.repeat(2);
    body.truncate(BODY_BYTES / 2);
    body.extend(noise(seed, BODY_BYTES - body.len()));
    body.into()
}

/// What sending one message writes: 8 rows, about 1.5 kB, two guards.
fn message(room: u64, order: u64, head: Option<Position>) -> Batch {
    let mut batch = Batch::new();
    let seed = room << 32 | order;
    match head {
        Some(version) => HEAD.guard_equals(&mut batch, &(room,), version),
        None => HEAD.guard_absent(&mut batch, &(room,)),
    }
    let txn = (room, format!("m{order}.{room}"));
    TXN.guard_absent(&mut batch, &txn);
    TXN.put(&mut batch, &txn, &Bytes::from(noise(seed, 44)));
    BODY.put(&mut batch, &(room, order), &body(seed));
    META.put(&mut batch, &(room, order), &Bytes::from(noise(seed, 120)));
    TIMELINE.put(&mut batch, &(room, order.cast_signed()), &order);
    let id = noise(seed, 32).try_into().unwrap();
    EVENT_ID.put(&mut batch, &(id,), &Bytes::from(noise(seed, 16)));
    HEAD.put_versioned(&mut batch, &(room,), &Bytes::from(noise(seed, 200)));
    CHANGE.put_stamped(&mut batch, &(), 0, &room);
    META.put(&mut batch, &(room + 1_000_000, order), &Bytes::from(noise(seed, 80)));
    batch
}

async fn commits(name: &str, committers: u64) -> Figure {
    let folder = folder();
    let engine = Arc::new(open(&folder));
    let (cpu, started) = (cpu_time(), Instant::now());
    let mut tasks = JoinSet::new();
    for room in 0..committers {
        let engine = Arc::clone(&engine);
        tasks.spawn(async move {
            let (mut latencies, mut head) = (Vec::new(), None);
            while started.elapsed() < SECONDS {
                let begun = Instant::now();
                head = Some(engine.commit(message(room, latencies.len() as u64, head)).await.unwrap());
                latencies.push(begun.elapsed());
            }
            latencies
        });
    }
    let mut latencies: Vec<Duration> = tasks.join_all().await.into_iter().flatten().collect();
    let (elapsed, cpu) = (started.elapsed(), cpu_time().saturating_sub(cpu));
    latencies.sort_unstable();
    let stats = engine.stats();
    let rate = latencies.len() as f64 / elapsed.as_secs_f64();
    let at = |share: usize| latencies[(latencies.len() - 1) * share / 1_000].as_secs_f64() * 1e3;
    let text = format!(
        "{name:<12} {rate:>8.0} batches/s   p50 {:.2} ms  p99 {:.2} ms  max {:.1} ms   {:.0} syncs/s, {:.1} batches a \
         sync   {:.3} CPU ms a batch (generator included)",
        at(500),
        at(990),
        at(1_000),
        stats.syncs as f64 / elapsed.as_secs_f64(),
        stats.batches as f64 / stats.syncs as f64,
        cpu.as_secs_f64() * 1e3 / latencies.len() as f64,
    );
    Figure { rate, text }
}

/// User and system time of this process.
fn cpu_time() -> Duration {
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_SELF).unwrap();
    let sum = usage.user_time() + usage.system_time();
    Duration::from_micros(u64::try_from(nix::sys::time::TimeValLike::num_microseconds(&sum)).unwrap())
}

const ROOMS: u64 = 200;
const EVENTS_PER_ROOM: u64 = 500;

/// 100,000 events: part of them in files, the last ones in memory.
async fn fill(engine: &dyn Engine) {
    for room in 0..ROOMS {
        for orders in 0..EVENTS_PER_ROOM / 100 {
            let mut batch = Batch::new();
            for order in orders * 100..(orders + 1) * 100 {
                let mut message = message(room, order, None);
                message.guards.clear();
                message.ops.pop();
                batch.extend(message);
            }
            engine.commit(batch).await.unwrap();
        }
    }
}

fn reads(runtime: &tokio::runtime::Runtime) {
    let folder = folder();
    let rocks: Arc<dyn Engine> = Arc::new(open(&folder));
    let memory: Arc<dyn Engine> = Arc::new(MemoryEngine::new(&TABLES));
    for (name, engine) in [("rocks", rocks), ("memory", memory)] {
        runtime.block_on(async {
            fill(&*engine).await;
            read(name, &*engine).await;
            engine.close().await;
        });
    }
    let engine = open(&folder);
    runtime.block_on(read("rocks after a restart", &engine));
}

async fn read(name: &str, engine: &dyn Engine) {
    let some = |index: u64| (index * 7_919 % ROOMS, index * 104_729 % EVENTS_PER_ROOM);
    let rounds = 20_000;
    let started = Instant::now();
    for index in 0..rounds {
        assert!(BODY.get(&*engine.view(), &some(index)).await.unwrap().is_some());
    }
    report(name, "a view and a point look-up", started, rounds);
    let started = Instant::now();
    let view = engine.view();
    for index in 0..rounds {
        assert!(TXN.get(&*view, &(index, "absent".into())).await.unwrap().is_none());
    }
    report(name, "a point look-up of what is not there", started, rounds);
    let started = Instant::now();
    for index in 0..rounds / 50 {
        let keys: Vec<_> = (0..50).map(|key| some(index * 50 + key)).collect();
        assert!(META.get_many(&*view, &keys).await.unwrap().iter().all(Option::is_some));
    }
    report(name, "50 look-ups at once", started, rounds / 50);
    for (rows, direction) in [(50, Direction::Forward), (50, Direction::Backward), (400, Direction::Backward)] {
        let started = Instant::now();
        let rounds = rounds / 20;
        for index in 0..rounds {
            let found = BODY.scan(&*view, &(some(index).0,), rows, direction).await.unwrap();
            assert_eq!(found.len(), rows);
        }
        report(name, &format!("a scan of {rows} events, {direction:?}"), started, rounds);
    }
}

fn report(name: &str, what: &str, started: Instant, rounds: u64) {
    let each = started.elapsed().as_secs_f64() * 1e6 / rounds as f64;
    println!("read/{name}: {what:<40} {each:>8.2} µs");
}

fn blobs(runtime: &tokio::runtime::Runtime) {
    const MEGABYTES: usize = 10;
    let folder = folder();
    let blobs = Blobs::open(folder.path()).unwrap();
    let bytes = Bytes::from(noise(1, MEGABYTES << 20));
    let mut figures: Vec<(f64, f64)> = (0..7u8)
        .map(|round| {
            runtime.block_on(async {
                let mut chunks: Vec<_> = bytes.chunks(64 << 10).map(|chunk| Ok(bytes.slice_ref(chunk))).collect();
                chunks.push(Ok::<_, std::io::Error>(Bytes::from(vec![round])));
                let started = Instant::now();
                let blob = blobs.put_stream(stream::iter(chunks), u64::MAX).await.unwrap();
                let up = started.elapsed().as_secs_f64() * 1e3;
                let started = Instant::now();
                let read = blobs.get_range(blob.hash, None).await.unwrap().unwrap();
                let size: usize =
                    read.into_stream().map_ok(|chunk| chunk.len()).try_fold(0, async |a, b| Ok(a + b)).await.unwrap();
                assert_eq!(size as u64, blob.size_bytes);
                (up, started.elapsed().as_secs_f64() * 1e3)
            })
        })
        .collect();
    figures.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (up, down) = figures[figures.len() / 2];
    println!("blob: {MEGABYTES} MiB stored, synced, in {up:.1} ms; read in {down:.1} ms");
}

/// A restart after a kill: the whole log is replayed.
fn opens(runtime: &tokio::runtime::Runtime) {
    let folder = folder();
    let started = Instant::now();
    let engine = open(&folder);
    println!("open: a new store in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    runtime.block_on(fill(&engine));
    drop(engine);
    let bytes: u64 = std::fs::read_dir(folder.path().join("store"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "sst"))
        .map(|entry| entry.metadata().unwrap().len())
        .sum();
    let log: u64 = std::fs::read_dir(folder.path().join("store"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "log"))
        .map(|entry| entry.metadata().unwrap().len())
        .sum();
    let started = Instant::now();
    let engine = open(&folder);
    println!(
        "open: with {} events ({} MB in files, {} MB of log) in {:.1} ms",
        ROOMS * EVENTS_PER_ROOM,
        bytes >> 20,
        log >> 20,
        started.elapsed().as_secs_f64() * 1e3
    );
    runtime.block_on(engine.close());
    drop(engine);
    let started = Instant::now();
    drop(open(&folder));
    println!("open: after an orderly close in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
}
