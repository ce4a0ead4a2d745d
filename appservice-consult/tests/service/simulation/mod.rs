//! A week of a desk on a virtual clock: shifts, breaks, crashes, closures and bursts. By default a desk of 50 operators and 2,000 patients; a large one, of 500
//! and 20,000, takes minutes in a debug build and is run by
//! `cargo test -p consilium-consult -p consilium-unify --test service simulation -- --ignored --nocapture`.
//!
//! The machine and the matching are those of the service; around them is a picture of people. After each happening it is checked, by rules written down here
//! anew: nobody waits while an eligible operator is free, nobody is lost or doubled, nobody stays with an operator whose console is lost, order is by rule,
//! nobody has more than he has room for, each broken promise is told once. A run prints its
//! seed; `CONSILIUM_SEED=… cargo test … simulation` replays it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod check;
mod desk;
mod people;

use desk::Desk;
use people::Week;

/// What CI replays. Any other seed must do as well.
const SEED: u64 = 20_261_123;

fn a_week_of(operators: usize, patients: usize) {
    let given = std::env::var("CONSILIUM_SEED").ok();
    let seed = given.map_or(SEED, |seed| seed.parse().expect("CONSILIUM_SEED is a whole number"));
    println!("CONSILIUM_SEED={seed}, {operators} operators, {patients} patients");
    let mut desk = Desk::new(Week::new(seed, operators, patients));
    desk.run();
    let told = desk.told();
    println!("{told:?}");
    assert_eq!(told.asked, told.closed + told.cancelled + told.abandoned, "nobody is lost or doubled");
    assert_eq!(told.asked, patients);
    assert!(told.closed > patients * 3 / 5, "most are helped: {told:?}");
    let happened = [
        told.lapsed,
        told.passed,
        told.crashed,
        told.returned,
        told.withdrawn,
        told.cancelled,
        told.waited,
        told.broken,
    ];
    assert!(happened.iter().all(|times| *times > 0), "it was a real week: {told:?}");
}

#[test]
fn a_week_of_a_desk_loses_nobody_and_lets_nobody_wait_for_a_free_operator() {
    a_week_of(50, 2_000);
}

#[test]
#[ignore = "takes minutes in a debug build; CONTRIBUTING.md has the command"]
fn a_week_of_a_large_desk_loses_nobody_and_lets_nobody_wait_for_a_free_operator() {
    a_week_of(500, 20_000);
}
