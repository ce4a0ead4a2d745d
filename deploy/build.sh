#!/usr/bin/env bash
# Builds the web apps and the binary that serves them.
source "$(dirname "$0")/setup.sh"
need_build_tools
need_rust
need_node
need_npm_packages
build_apps
build_binary
step "Built $BINARY"
