#!/bin/sh
# run.sh - tests that need tools from elsewhere: Python with the shared library, Apache Spark, GNU parallel, a Slurm array (without
# Slurm: its variables are set). What is not installed is skipped, loudly. PYTHON may name an interpreter that has pyspark.
set -u
BUILD=$(cd "${BUILD:-build}" && pwd) PYTHON=${PYTHON:-python3}
ATTACHE=$BUILD/attache ATTACHE_LIBRARY=$BUILD/libattache.so
PYTHONPATH=$PWD/src/python:$PWD/tests/interop${PYTHONPATH:+:$PYTHONPATH}
PYSPARK_PYTHON=$PYTHON SPARK_LOCAL_IP=127.0.0.1 PYTHONDONTWRITEBYTECODE=1
export ATTACHE ATTACHE_LIBRARY PYTHONPATH PYSPARK_PYTHON SPARK_LOCAL_IP PYTHONDONTWRITEBYTECODE
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
passed=0 failed=0 skipped=0
result() { # NAME STATUS
    if [ "$2" = 0 ]; then passed=$((passed + 1)); echo "ok: $1"; else failed=$((failed + 1)); echo "FAILED: $1"; fi
}
skip() { skipped=$((skipped + 1)); echo "SKIPPED: $1: $2 is not installed" >&2; }

# Records of the samples with their texts are the input; what the program makes of them is what all others must make.
"$ATTACHE" tag --quiet --text corpora > "$out/in.jsonl"
"$ATTACHE" tag --quiet --input-format jsonl - < "$out/in.jsonl" | LC_ALL=C sort > "$out/want"
same() { sed 's/"source":\("[^"]*"\|null\)/"source":"-"/' "$@" | LC_ALL=C sort | cmp - "$out/want"; }
[ -s "$out/want" ] || { echo "FAILED: no sample"; exit 1; }

"$PYTHON" tests/interop/python.py "$ATTACHE" "$out/in.jsonl"
result "python: ctypes" $?

if "$PYTHON" -c 'import pyspark, pandas, pyarrow' 2> /dev/null && command -v java > /dev/null; then
    for kind in pandas pipe; do
        "$PYTHON" tests/interop/spark.py "src/cluster/spark_$kind.py" "$out/in.jsonl" "$out/$kind" > "$out/log" 2>&1 || tail -n 20 "$out/log"
        same "$out/$kind"/part-*
        result "spark: $kind" $?
    done
    "$PYTHON" tests/interop/spark.py src/cluster/spark_pipe.py "$out/in.jsonl" "$out/wrong" "$ATTACHE --no-such-option" > "$out/log" 2>&1
    [ $? != 0 ] && grep -q 'exit.* 2\|code 2\|status 2' "$out/log" && [ ! -e "$out/wrong/_SUCCESS" ]
    result "spark: a program that fails fails the job" $?
else
    skip spark "pyspark with pandas, pyarrow and java"
fi

if command -v parallel > /dev/null; then
    BLOCK=20k sh src/cluster/parallel.sh "$out/in.jsonl" "$out/parallel" && same "$out/parallel"
    result "GNU parallel" $?
else
    skip "GNU parallel" parallel
fi

for round in 1 2; do # the second finds all done
    for task in 1 2 3; do
        SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_COUNT=3 SLURM_CPUS_PER_TASK=2 sh src/cluster/attache.sbatch "$out/slurm" "$out/in.jsonl" || break 2
    done
done
same "$out"/slurm/part-*.jsonl
result "Slurm array" $?

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
