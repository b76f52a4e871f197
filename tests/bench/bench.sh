#!/bin/sh
# bench.sh BUILD CORPUS.jsonl.gz [OPTION...] - unpacks the corpus for bench.py; without one the samples are repeated.
set -eu
build=$1 corpus=$2
shift 2
text=$build/bench.jsonl
if [ -f "$corpus" ]; then
    gzip -dc "$corpus" > "$text"
else
    echo "bench: no corpus; the samples in corpora/ repeated instead" >&2
    "$build/attache" tag --quiet --text corpora > "$build/bench.one"
    i=0
    : > "$text"
    while [ $i -lt 60 ]; do cat "$build/bench.one"; i=$((i + 1)); done >> "$text"
fi
exec "${PYTHON:-python3}" tests/bench/bench.py "$build" "$text" "$@"
