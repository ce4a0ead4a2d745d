//! A hundred tenants that nobody uses. Alone in its process, because it measures the process.
#![expect(clippy::unwrap_used, reason = "tests")]

use bytes::Bytes;
use consilium_store::{Access, Batch, Engine, Keyspace, OpenOptions, RocksEngine, SharedResources, Table};

const TENANTS: usize = 100;

/// Of the 200 MB that a hundred idle tenants may cost in all.
const BYTES_MAX: u64 = 120 << 20;

const NAMES: [&str; 14] =
    ["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09", "t10", "t11", "t12", "t13", "t14"];

fn tables() -> Vec<Table> {
    let access = [Access::Point, Access::Scan { prefix_bytes: 9 }, Access::Counter];
    NAMES.iter().zip(access.iter().cycle()).map(|(name, access)| Table { name, access: *access }).collect()
}

/// Memory of this process that is in use, in bytes.
fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4_096
}

#[tokio::test]
async fn a_hundred_idle_tenants_cost_little() {
    let folder = tempfile::tempdir().unwrap();
    let shared = SharedResources::default();
    let tables = tables();
    let before = resident_bytes();
    let mut engines = Vec::new();
    for tenant in 0..TENANTS {
        let path = folder.path().join(tenant.to_string());
        let engine = RocksEngine::open(&path, &tables, &shared, OpenOptions::named(tenant.to_string())).await.unwrap();
        // What a tenant has from its creation: a row in each table.
        let mut batch = Batch::new();
        for table in &tables {
            match table.access {
                Access::Counter => Keyspace::<(u64,), i64>::new(*table, 1).add(&mut batch, &(1,), 1),
                _ => Keyspace::<(u64,), Bytes>::new(*table, 1).put(&mut batch, &(1,), &Bytes::from_static(&[7; 100])),
            }
        }
        engine.commit(batch).await.unwrap();
        engines.push(engine);
    }
    let used = resident_bytes() - before;
    println!("{TENANTS} tenants with {} tables each: {} MB", tables.len(), used >> 20);
    assert!(used < BYTES_MAX, "{} MB", used >> 20);
}
