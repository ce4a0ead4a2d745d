//! A hundred idle tenants in one process.

use std::fmt::Write as _;

use consilium_harness::System;

/// What they may cost in all, in MiB.
const MIB_MAX: f64 = 200.0;
const TENANTS: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_idle_tenants_cost_little() {
    let system = System::configured(env!("CARGO_BIN_EXE_consilium"), &[]);
    system.launch().await;
    let alone = system.resident_mib();
    system.stop().await;
    let mut config = std::fs::read_to_string(system.config_file()).unwrap();
    for number in 0..TENANTS {
        write!(
            config,
            "\n[tenants.idle{number}]\nserver_name = \"idle{number}.test\"\norigins = {{ public = \"https://idle{number}.test\" }}\n"
        )
        .unwrap();
    }
    std::fs::write(system.config_file(), config).unwrap();
    system.launch().await;
    for number in 0..TENANTS {
        let request = system.http().get(format!("{}/_matrix/client/v3/login", system.url()));
        let answer = request.header("host", format!("idle{number}.test")).send().await.unwrap();
        assert!(answer.status().is_success(), "tenant {number}: {}", answer.status());
    }
    let cost = system.resident_mib() - alone;
    println!("{TENANTS} idle tenants: {cost:.0} MiB over {alone:.0} MiB");
    assert!(cost <= MIB_MAX, "{cost:.0} MiB");
}
