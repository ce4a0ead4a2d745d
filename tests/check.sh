#!/usr/bin/env bash
# The static half of what CI runs: format, lints, repository checks, licences, generated files, TypeScript, what the apps load at first.
source "$(dirname "$0")/../deploy/setup.sh"
need_build_tools
need_rust
need_node
need_npm_packages

step "Scripts"
for script in .ci/run deploy/*.sh deploy/rocksdb-cxx tests/*.sh; do
    bash -n "$script" || fail "$script is not a shell script that bash understands."
done

step "Rust: format"
cargo fmt --all --check >&2 || fail "Rust files are not formatted." "Run: cargo fmt --all"

step "TypeScript: format, lint, types"
(cd clients && npm run --silent check >&2) || fail "The web apps have findings." "See the lines above; \`cd clients && npm run format\` mends the format."

build_apps

step "Web apps: what stands before a first screen"
(cd clients && npm run --silent size >&2) || fail "A first screen is over its budget." "See the lines above; \`cd clients && npm run size -- --files\` names the files."

step "Rust: lints (warnings are errors)"
cargo clippy --locked --workspace --all-targets -- -D warnings >&2 || fail "Clippy has findings." "See the lines above."

step "Repository: heads, lengths, layers, circles, owners, paths, licences"
cargo test --locked -q -p consilium-tidy -p consilium-unify --lib >&2 || fail "The repository has findings." "See the lines above; each names its file."

step "Generated files"
tests/gen.sh --check

step "Everything is in order"
