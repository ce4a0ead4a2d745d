# Where cargo builds, and what compiles RocksDB: the same for the scripts and for whoever calls cargo himself, or it would be compiled anew each time.
# Sourced, from the root of the repository.

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/consilium"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$CACHE/target}"
# Copied to a place that does not depend on the clone. A CXX of your own goes before it.
install -D -m 755 deploy/rocksdb-cxx "$CACHE/bin/rocksdb-cxx"
export CXX="${CXX:-$CACHE/bin/rocksdb-cxx}"
