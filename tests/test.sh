#!/usr/bin/env bash
# Runs every test: Rust (units, properties, black box over HTTP, crash tests), the apps' units, two browsers against the whole system.
source "$(dirname "$0")/../deploy/setup.sh"
source deploy/livekit.sh
need_build_tools
need_rust
need_node
need_chromium
need_npm_packages
need_fhir_validator
need_schemathesis
build_apps
build_livekit
[ -n "$LIVEKIT" ] || fail "The tests of calls need the media server." "Install Go 1.21 or newer; see the lines above."
export CONSILIUM_LIVEKIT="$LIVEKIT"

need_room "$CARGO_TARGET_DIR" 5 "building the tests"
need_room "${TMPDIR:-/tmp}" 1 "what tests write"
step "Rust: units, properties, black box"
# Several suites start whole servers and kill them; what they need is free ports and temporary folders only.
# Most tests wait for a disk, a clock or a process for a part of their time; twice as many as there are cores keep the cores busy.
export RUST_TEST_THREADS="${RUST_TEST_THREADS:-$((2 * $(nproc)))}"
# What failed is said in one line; the frames above it would push other failures out of a log that is kept in part.
export RUST_BACKTRACE="${CONSILIUM_BACKTRACE:-0}"
cargo test --locked --workspace >&2 || fail "Rust tests failed." "See the lines above; one test: cargo test -p <package> <name>"
build_binary

step "Requests of every shape: each role at every operation of the API"
cargo test --locked --workspace --test fuzz -- --ignored >&2 ||
    fail "An answer is not one of the API's document." "See the lines above; how to run this alone stands in tests/fuzz/main.rs."

step "Web apps: units"
(cd clients && npm test --silent >&2) || fail "Tests of the web apps failed." "See the lines above."

if [ -f tests/e2e/package.json ]; then
    step "Browsers: the whole system"
    (cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error >&2 && CONSILIUM_BINARY="$BINARY" npm test --silent >&2) ||
        fail "Browser tests failed." "See the lines above; screenshots are in tests/e2e/artefacts."
fi

step "All tests passed"
