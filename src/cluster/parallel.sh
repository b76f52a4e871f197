#!/bin/sh
# Annotates one JSON Lines file on all cores of several machines with GNU parallel: parallel.sh IN.jsonl OUT.jsonl [PARALLEL-OPTION...]
# --pipe-part cuts the file at line ends, -k keeps the order, so OUT is what one `attache tag - < IN` writes but for ids that come of line
# numbers. On one machine `attache tag --threads` does the same. With more: --sshloginfile HOSTS --transferfile IN.jsonl.
set -eu
in=$1 out=$2
shift 2
if [ "$in" -ef "$out" ]; then
    echo "parallel.sh: $out would take the place of $in, which is read" >&2
    exit 2
fi
parallel "$@" --will-cite --halt now,fail=1 --pipe-part --block "${BLOCK:-16M}" -k -a "$in" \
    "${ATTACHE:-attache}" tag --quiet --errors-ok --threads 1 --input-format jsonl - > "$out.part"
mv "$out.part" "$out"
