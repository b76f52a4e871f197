#!/bin/sh
# bench.sh BUILD [CORPUS.jsonl.gz] - CPU seconds of `attache tag` on one core beside `wc -w` on the same text, medians of 7 interleaved
# runs. Without a corpus the sample documents are repeated.
set -eu
attache=$1/attache
text=$1/bench.jsonl
if [ -n "${2:-}" ] && [ -f "$2" ]; then
    gzip -dc "$2" > "$text"
else
    echo "bench: no corpus; corpora/briefs.jsonl repeated instead" >&2
    i=0
    : > "$text"
    while [ $i -lt 4000 ]; do cat corpora/briefs.jsonl; i=$((i + 1)); done > "$text"
fi
python3 - "$attache" "$text" <<'P'
import os, resource, statistics, subprocess, sys
attache, text = sys.argv[1:]
def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, "LC_ALL": "C"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
size = os.path.getsize(text) / 1e6
runs = {"wc -w": ["wc", "-w", text], "start": [attache, "tag", "-q", "/dev/null"], "tag": [attache, "tag", "-q", text]}
times = {name: [] for name in runs}
for _ in range(7):
    for name, command in runs.items():
        times[name].append(cpu(command))
median = {name: statistics.median(t) for name, t in times.items()}
print(f"{size:.1f} MB of JSON Lines, CPU time on one core, medians of 7:")
print(f"  tag    {median['tag']:.3f} s  {size / median['tag']:.1f} MB/s  {median['wc -w'] / median['tag']:.2f} x wc -w")
print(f"  wc -w  {median['wc -w']:.3f} s  {size / median['wc -w']:.1f} MB/s")
print(f"  start  {median['start'] * 1000:.0f} ms to the first record")
P
