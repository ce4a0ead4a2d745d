#!/usr/bin/env bash
# Builds everything and starts the whole system with a demonstration brand; Ctrl-C stops all of it.
#
# BRAND   folder of config/brands (default: demo-clinic)
# RUN     folder of configuration, passwords and data (default: .local/run/<brand>); the keeper's key lies beside it, in .local/keys/<brand>
source "$(dirname "$0")/setup.sh"
source deploy/livekit.sh
calls=()
BRAND="${BRAND:-demo-clinic}"
[ -f "config/brands/$BRAND/brand.toml" ] || fail "There is no brand \`$BRAND\`." "BRAND is one of: $(cd config/brands && echo */ | tr -d /)"
RUN="${RUN:-.local/run/$BRAND}"

need_build_tools
need_rust
need_node
need_npm_packages
build_apps
build_binary
find_livekit

step "Starting (brand: $BRAND, data: $RUN)"
# The binary takes this process's place, so that a signal reaches it directly. A media server that is not there yet is built while it runs, behind everything else.
[ -z "$LIVEKIT" ] || calls=(--livekit "$LIVEKIT" --livekit-build "$PWD/deploy/build-livekit.sh")
export NICE=10
exec "$BINARY" demo --folder "$RUN" --keys ".local/keys/$BRAND" --brand "config/brands/$BRAND" "${calls[@]}"
