#!/usr/bin/env bash
# Measures the server on this machine, optimised, and compares each figure with its target. Arguments go to the load generator.
source "$(dirname "$0")/../deploy/setup.sh"
need_build_tools
need_rust

step "Building optimised (the first time ten to twenty minutes, most of it RocksDB)"
cargo build --locked --release -p consilium -p consilium-load -p consilium-unify >&2 || fail "The optimised build failed." "See the lines above."

step "Measuring"
exec "$CARGO_TARGET_DIR/release/consilium-load" --binary "$CARGO_TARGET_DIR/release/consilium" "$@"
