#!/bin/sh
# sample.sh BUILD CORPUS.jsonl.gz - the same bytes of the whole sample: from the reference matcher, for 1, 2, 3 and 7 threads, and from
# shards put together. Without the sample it says so, loudly.
set -eu
build=$1 corpus=$2
if [ ! -f "$corpus" ]; then
    echo "SKIPPED: no sample corpus at $corpus (CORPUS=FILE.jsonl.gz): the reference matcher was not compared on it" >&2
    exit 0
fi
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
gzip -dc "$corpus" > "$out/in.jsonl"
tag() { "$build/attache" tag --quiet "$@" "$out/in.jsonl"; }
same() { # NAME FILE
    cmp "$out/one" "$2"
    echo "the same: $1"
}

tag --threads 1 > "$out/one"
echo "$(wc -l < "$out/one") documents, $(wc -c < "$out/in.jsonl") bytes in, $(wc -c < "$out/one") out"
[ -s "$out/one" ]
for threads in 2 3 7; do
    tag --threads $threads > "$out/other"
    same "$threads threads" "$out/other"
done

LC_ALL=C sort "$out/one" > "$out/sorted"
for shard in 1 2 3; do tag --shard $shard/3 --out "$out/parts/"; done
cat "$out"/parts/part-000[123]-of-0003.jsonl | LC_ALL=C sort | cmp - "$out/sorted"
echo "the same: three shards put together"

tag --engine reference > "$out/other"
same "the reference matcher" "$out/other"
