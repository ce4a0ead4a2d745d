#!/usr/bin/env bash
# Prints the path of the built binary, and nothing else.
source "$(dirname "$0")/setup.sh"
[ -x "$BINARY" ] || fail "The binary is not built: $BINARY" "Build it with: make build"
echo "$BINARY"
