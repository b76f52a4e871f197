#!/bin/sh
# eval.sh BUILD GOLD - scores the program against the development gold, where there is some.
set -eu
if [ ! -d "$2" ]; then
    echo "eval: NOT RUN: no gold at $2 (make eval GOLD=DIR)" >&2
    exit 0
fi
out=$1/eval
mkdir -p "$out"
python=python3
gzip -dc "$2/house-dev.jsonl.gz" > "$out/house-dev.jsonl"
"$1/attache" tag --quiet "$out/house-dev.jsonl" -o "$out/house-dev.out.jsonl"
floors=$(sed 's/#.*//' tests/eval-floors | tr '\n' ' ')
"$python" "$2/score_house.py" "$out/house-dev.jsonl" "$out/house-dev.out.jsonl" --min "$floors"
