#!/bin/sh
# compare.sh BUILD CORPUS.jsonl.gz REV - builds REV beside this one and runs both in turn.
set -eu
build=$1 corpus=$2 base=${3:-}
[ -n "$base" ] || { echo "bench-compare: BASE=REV is missing" >&2; exit 2; }
tree=$build/base-$(git rev-parse --short=12 "$base^{commit}")
if [ ! -x "$tree/build/attache" ]; then
    rm -rf "$tree" && mkdir -p "$tree"
    git archive "$base" | tar -x -C "$tree"
    make -C "$tree" -s all > "$tree/log" 2>&1 || { tail -n 5 "$tree/log" >&2; exit 1; }
fi
exec sh tests/bench/bench.sh "$build" "$corpus" --base "$tree/build" ${RUNS:+--runs $RUNS}
