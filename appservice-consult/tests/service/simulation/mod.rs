//! A week of a large desk on a virtual clock: 500 operators, 20,000 patients, shifts, breaks, crashes, closures and bursts.
//!
//! The machine and the matching are those of the service; around them is a picture of people. After each happening it is checked, by rules written down here
//! anew: nobody waits while an eligible operator is free, nobody is lost or doubled, order is by rule, nobody has more than he has room for. A run prints its
//! seed; `SEED=… cargo test --test service simulation` replays it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod check;
mod desk;
mod people;

use desk::Desk;
use people::Week;

/// What CI replays. Any other seed must do as well.
const SEED: u64 = 20_261_123;

#[test]
fn a_week_of_a_large_desk_loses_nobody_and_lets_nobody_wait_for_a_free_operator() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    println!("seed {seed}");
    let week = Week::new(seed, 500, 20_000);
    let mut desk = Desk::new(week);
    desk.run();
    let told = desk.told();
    println!("{told:?}");
    assert_eq!(told.asked, told.closed + told.cancelled + told.abandoned, "nobody is lost or doubled");
    assert_eq!(told.asked, 20_000);
    assert!(told.closed > 15_000, "most are helped: {told:?}");
    assert!(told.lapsed > 100 && told.passed > 100 && told.crashed > 100 && told.waited > 1_000, "it was a real week: {told:?}");
}
