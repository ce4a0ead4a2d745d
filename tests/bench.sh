#!/usr/bin/env bash
# Measures the server on this machine, optimised, and compares each figure with its target: on empty data, and on those of a desk after a year of work; then
# the full text of a million consultations, calls in two browsers, first paints and the console in one, the store alone and the apps' first loads. Arguments go to the load generator, and leave the
# others out.
source "$(dirname "$0")/../deploy/setup.sh"
source deploy/livekit.sh
need_build_tools
need_rust
need_node
need_chromium
need_npm_packages
build_apps
build_livekit

step "Building optimised (the first time ten to twenty minutes, most of it RocksDB)"
cargo build --locked --release -p consilium -p consilium-load -p consilium-unify >&2 || fail "The optimised build failed." "See the lines above."

# Hundreds of consoles, each with a connection.
ulimit -n "$(ulimit -Hn)"

step "Measuring the server"
"$CARGO_TARGET_DIR/release/consilium-load" --binary "$CARGO_TARGET_DIR/release/consilium" ${LIVEKIT:+--livekit "$LIVEKIT"} "$@"
[ $# -eq 0 ] || exit 0

step "Measuring the full text of a million consultations (most of the time goes into sealing them)"
need_room "${TMPDIR:-/tmp}" 8 "a million sealed consultations and their index"
cargo test --locked --release -p consilium-consult -p consilium-unify --test service million_texts -- --ignored --nocapture ||
    note "words are found too slowly, or could not be searched for; see the lines above, ROWS=… seals fewer"

step "Leading 500 operators and 20,000 patients through a simulated week"
cargo test --locked --release -p consilium-consult -p consilium-unify --test service a_week_of_a_large_desk -- --ignored --nocapture ||
    fail "A rule of the desk was broken." "See the lines above; CONSILIUM_SEED=… replays the week."

(cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error >&2) || fail "npm ci failed in tests/e2e/." "Is there a network? See the lines above."

step "Measuring calls in two browsers"
if [ -n "$LIVEKIT" ]; then
    (cd tests/e2e && CONSILIUM_BINARY="$CARGO_TARGET_DIR/release/consilium" CONSILIUM_LIVEKIT="$LIVEKIT" node first-frame.bench.mjs) ||
        fail "Calls could not be measured." "See the lines above."
else
    note "not measured: there is no media server"
fi

step "Measuring first paints in a browser, on a slow network"
(cd tests/e2e && CONSILIUM_BINARY="$CARGO_TARGET_DIR/release/consilium" node first-paint.bench.mjs) ||
    fail "First paints could not be measured." "See the lines above."

step "Measuring the console in a browser"
(cd tests/e2e && node console.bench.mjs) || fail "The console could not be measured." "See the lines above."

step "Measuring the apps' own code"
(cd clients && npm run --silent bench) || fail "The apps' code could not be measured." "See the lines above."

step "Measuring the store alone"
cargo bench --locked --bench store -p consilium-store -p consilium-unify || fail "The store's benchmark failed." "See the lines above."

step "Measuring the apps' first loads"
(cd clients && npm run --silent size) || fail "An app's first load is too large, or was not built." "See the lines above."
