# Shards put together are the whole; a run that is killed again and again, anywhere, ends with the bytes of an unbroken one. Texts that
# came before are named alike, wherever a run goes on.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
"$BUILD/attache" tag --quiet --text corpora > "$out/records"
for i in 1 2 3; do sed "s/\"id\":\"/&$i-/" "$out/records"; echo "no JSON, $i"; done > "$out/in.jsonl"
"$BUILD/attache" tag --quiet --errors-ok --duplicates exact "$out/in.jsonl" > "$out/whole" || exit 1
grep -q '"duplicate_of":"' "$out/whole" || exit 1
for i in 1 2 3; do "$BUILD/attache" tag --quiet --errors-ok --duplicates exact --shard $i/3 --out "$out/parts/" "$out/in.jsonl" || exit 1; done
LC_ALL=C sort "$out/whole" > "$out/sorted"
cat "$out"/parts/part-000[123]-of-0003.jsonl | LC_ALL=C sort | cmp - "$out/sorted" || exit 1
"$PYTHON" - "$BUILD/attache" "$out" <<'P'
import os, random, subprocess, sys
attache, out = sys.argv[1:]
whole = open(out + "/whole", "rb").read()
dice = random.Random(7)
def written(path):
    try:
        return os.stat(path).st_size
    except FileNotFoundError:
        return 0
def run(name, threads, *options):
    """Kills the run each time it has written some more; says how often."""
    target, part = f"{out}/{name}", f"{out}/.{name}.part"
    command = [attache, "tag", "--quiet", "--resume", "--errors-ok", "--duplicates", "exact", "--threads", str(threads), *options, "--out", target, out + "/in.jsonl"]
    kills = 0
    while True:
        process, limit = subprocess.Popen(command), written(part) + dice.randrange(len(whole) // 5)
        while process.poll() is None and written(part) <= limit:
            os.sched_yield()
        if process.poll() is None:
            process.kill()
        if process.wait() == 0:
            break
        kills += process.returncode == -9
        if dice.randrange(3) == 0 and os.path.exists(part):  # what a machine that lost its power may leave
            os.truncate(part, dice.randrange(written(part) + 1))
        assert process.returncode == -9, process.returncode
    assert open(target, "rb").read() == whole and not os.path.exists(part), name
    before = os.stat(target).st_mtime_ns
    assert subprocess.run(command).returncode == 0 and os.stat(target).st_mtime_ns == before, "what is done is not done again"
    return kills
kills = run("one", 1, "--unbuffered") + run("three", 3, "--unbuffered") + run("seven", 7)
sys.exit(kills < 3)
P
