#!/usr/bin/env bash
# Builds the media server from its module in deploy/livekit into the file that it is called with. GO names a go that is new enough (need_go finds it).
set -euo pipefail
[ $# = 1 ] || { echo "usage: GO=go $0 FILE" >&2 && exit 2; }
cd "$(dirname "$0")/livekit"
# -mod=readonly: exactly what go.sum names. The build takes this process's place, so that a signal reaches it.
export GOTOOLCHAIN=auto GOFLAGS=-mod=readonly CGO_ENABLED=0
exec nice -n "${NICE:-0}" "$GO" build -trimpath -ldflags '-s -w' -o "$1" github.com/livekit/livekit-server/cmd/server
