#!/usr/bin/env bash
# Writes the generated files: configuration examples, schemas and reference, OpenAPI, TypeScript types. With --check: says which are stale.
source "$(dirname "$0")/../deploy/setup.sh"
GENERATED=(config clients/kit/api)
need_build_tools
need_rust
need_node
need_npm_packages

before="$(digest "${GENERATED[@]}")"
build_binary
"$BINARY" gen config
"$BINARY" gen openapi
(cd clients && npm run --silent gen >&2)

if [ "${1:-}" = --check ] && [ "$(digest "${GENERATED[@]}")" != "$before" ]; then
    fail "Generated files were stale (they are written now): look at \`git diff ${GENERATED[*]}\`." "Commit them; \`make gen\` writes them."
fi
