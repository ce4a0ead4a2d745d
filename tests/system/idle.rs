//! What idle tenants cost in one process.

use std::fmt::Write as _;

use consilium_harness::System;

use crate::clinic::Deadline;

/// A hundred idle tenants of the homeserver may cost so much in all. Unit: MiB.
const HUNDRED_MIB_MAX: f64 = 200.0;
/// An idle tenant with its consultation service and keeper, which are there for it always: database connections, a crypto machine. Unit: MiB.
const WHOLE_MIB_MAX: f64 = 7.0;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_idle_tenants_of_the_homeserver_cost_little() {
    let cost = cost_of(100, &[("CONSILIUM__CONSULT__ENABLED", "false")]).await;
    assert!(cost <= HUNDRED_MIB_MAX, "{cost:.0} MiB");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_tenant_with_its_service_and_keeper_costs_little() {
    let cost = cost_of(20, &[]).await;
    assert!(cost / 20.0 <= WHOLE_MIB_MAX, "{cost:.0} MiB");
}

/// Resident memory of so many tenants more, each of which has been opened. Unit: MiB.
async fn cost_of(tenants: usize, environment: &[(&str, &str)]) -> f64 {
    let system = System::configured(env!("CARGO_BIN_EXE_consilium"), environment);
    system.spawn();
    answers(&system, "clinic.test").await;
    let alone = system.resident_mib();
    system.stop().await;
    let mut config = std::fs::read_to_string(system.config_file()).unwrap();
    let brand = config.lines().find(|line| line.starts_with("brand = ")).unwrap().to_owned();
    for number in 0..tenants {
        let name = format!("idle{number}.test");
        let origins = format!("origins = {{ public = \"https://{name}\" }}");
        write!(config, "\n[tenants.idle{number}]\nserver_name = \"{name}\"\n{brand}\n{origins}\n").unwrap();
    }
    std::fs::write(system.config_file(), config).unwrap();
    system.spawn();
    answers(&system, "clinic.test").await;
    for number in 0..tenants {
        answers(&system, &format!("idle{number}.test")).await;
    }
    let cost = system.resident_mib() - alone;
    println!("{tenants} idle tenants: {cost:.0} MiB over {alone:.0} MiB");
    cost
}

/// Waits until a tenant answers; that opens it.
async fn answers(system: &System, host: &str) {
    let deadline = Deadline::new("its answer");
    loop {
        let request = system.http().get(format!("{}/_matrix/client/v3/login", system.url()));
        if request.header("host", host).send().await.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        deadline.look().await;
    }
}
