#!/bin/sh
# run.sh BUILD SECONDS - each fuzz target for half the seconds, from its seeds on. What it finds stays in BUILD.
set -eu
build=$1 seconds=$(($2 / 2))
for target in documents rules; do
    found=$build/found-$target
    mkdir -p "$build/corpus-$target"
    "$build/fuzz_$target" -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 \
        -artifact_prefix="$found-" -dict=tests/fuzz/$target.dict "$build/corpus-$target" tests/fuzz/seeds/$target \
        > "$build/$target.log" 2>&1 || {
        tail -40 "$build/$target.log"
        echo "fuzz: $target: the input is $(ls -t "$found"-* | head -1); $build/fuzz_$target FILE runs it again"
        exit 1
    }
    echo "fuzz: $target: good, $(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log") inputs in $seconds s"
done
