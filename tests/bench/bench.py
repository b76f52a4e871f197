"""bench.py - what attache costs, beside `LC_ALL=C wc -w` and the mere reading of the same bytes.

    bench.py BUILD CORPUS.jsonl [--only TABLE,...] [--runs N] [--history FILE] [--base BUILD]

All commands of a table run in turn, one core pinned (but for threads), N times (7); each figure is the median. CPU is user and
system time. Every table is printed as it comes; ratios to wc -w go to the history, a line for each commit.
"""

import argparse
import importlib.util
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

CORES = sorted(os.sched_getaffinity(0))


class Run:
    """The figures of one command: medians of CPU and wall seconds, the highest peak of memory in MB."""

    def __init__(self, runs):
        self.cpu, self.wall = (statistics.median(run[i] for run in runs) for i in (0, 1))
        self.memory = max(run[2] for run in runs)


def start_and_wait(command, cores):
    os.sched_setaffinity(0, cores)
    start = time.perf_counter()
    process = os.posix_spawnp(
        command[0], command, {**os.environ, "LC_ALL": "C"}, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    )
    _, status, usage = os.wait4(process, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024


class Starter:
    """A process that stays small and starts the others: the peak of memory that the system tells of a process is at least that
    of the one that started it."""

    def __init__(self):
        to_read, self.to_write = os.pipe()
        self.from_read, from_write = os.pipe()
        if os.fork() == 0:
            os.close(self.to_write)
            with open(to_read) as asked, open(from_write, "w") as answers:
                for line in asked:
                    print(json.dumps(start_and_wait(*json.loads(line))), file=answers, flush=True)
            os._exit(0)
        os.close(to_read)
        os.close(from_write)
        self.asked, self.answers = open(self.to_write, "w"), open(self.from_read)

    def run(self, command, cores):
        print(json.dumps([command, cores]), file=self.asked, flush=True)
        return json.loads(self.answers.readline())


STARTER = Starter()


def once(command, cores):
    status, *figures = STARTER.run(command, cores)
    if status not in (0, 1):  # 1: grep that finds nothing
        sys.exit(f"bench: {' '.join(command)}: status {status}")
    return figures


def measure(commands, runs, cores=1):
    """{name: Run} of {name: command}, interleaved; one run before, which is not counted, fills the caches."""
    times = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            seen = once(command, CORES[:cores])
            if turn:
                times[name].append(seen)
    return {name: Run(seen) for name, seen in times.items()}


class Bench:
    def __init__(self, build, corpus, runs, folder, base):
        self.attache, self.corpus, self.runs, self.folder, self.base = build + "/attache", corpus, runs, folder, base
        self.ratios = {}
        with open(corpus, encoding="utf-8") as lines:
            self.texts = [json.loads(line)["text"] for line in lines]
        self.text = self.path("text.txt")
        with open(self.text, "w", encoding="utf-8") as out:
            out.write("\n".join(self.texts))

    def path(self, name):
        return os.path.join(self.folder, name)

    def tag(self, *options):
        return [self.attache, "tag", "--quiet", "--errors-ok", "--threads", "1", *options]

    def units(self, path):
        return {"wc -w": ["wc", "-w", path], "read": ["cat", path]}

    def table(self, title, path, commands, cores=1, keep=True):
        """Measures and prints; the ratio of wc -w's CPU time to each is kept."""
        size = os.path.getsize(path) / 1e6
        runs = measure({**self.units(path), **commands}, self.runs, cores)
        unit = runs["wc -w"].cpu
        print(f"\n{title} ({size:.1f} MB)\n{'':34}{'CPU s':>8}{'wall s':>8}{'MB/s CPU':>10}{'x wc -w':>9}{'peak MB':>9}")
        for name, run in runs.items():
            print(
                f"{name:34}{run.cpu:8.3f}{run.wall:8.3f}{size / max(run.cpu, 1e-3):10.1f}{unit / max(run.cpu, 1e-3):9.3f}{run.memory:9.0f}",
                flush=True,
            )
            if keep and name in commands:
                self.ratios[f"{title}: {name}"] = round(unit / max(run.cpu, 1e-3), 4)
        return runs

    # ---- rules and names to measure with ----

    def compiled(self, name, packs, shipped):
        """Compiled rules of {file: text}, alone or beside the shipped ones; and the seconds it took."""
        folder, image = self.path(name), self.path(name + ".image")
        if shipped:
            subprocess.run([self.attache, "rules", "export", folder], check=True, stdout=subprocess.DEVNULL)
        for file, text in packs.items():
            os.makedirs(os.path.join(folder, "bench"), exist_ok=True)
            with open(os.path.join(folder, "bench", file), "w", encoding="utf-8") as out:
                out.write(text)
        for _ in range(5):
            start = time.perf_counter()
            done = subprocess.run([self.attache, "compile", folder, "-o", image], stderr=subprocess.PIPE, text=True)
            if done.returncode == 0:
                return image, time.perf_counter() - start
            self.leave_out(folder + "/bench/pack.rules", set(re.findall(r"'(bench-[0-9]+)'", done.stderr)))
        sys.exit("bench: " + done.stderr[-2000:])

    def leave_out(self, pack, known):
        """Entries whose names the shipped rules have."""
        with open(pack, encoding="utf-8") as lines:
            kept = re.sub(r"entry (bench-[0-9]+) ORG\n  name  .*\n", lambda m: "" if m[1] in known else m[0], lines.read())
        with open(pack, "w", encoding="utf-8") as out:
            out.write(kept)

    def names(self, count):
        """Half capitalised pairs and triples of this text, the frequent first; half words of it put together at random."""
        seen = {}
        for text in self.texts:
            for match in re.finditer(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}", text):
                seen[match[0]] = seen.get(match[0], 0) + 1
        found = sorted(seen, key=lambda name: (-seen[name], name))[: count // 2]
        words, dice, all_names = sorted({word for name in found for word in name.split()}), random.Random(1), dict.fromkeys(found)
        while len(all_names) < count:
            all_names[" ".join(dice.choices(words, k=3))] = None
        return list(all_names)

    def name_pack(self, names):
        lines = [f"entry bench-{i} ORG\n  name  {name}" for i, name in enumerate(names)]
        return {"pack.rules": "pack bench\n" + "\n".join(lines) + "\n"}

    def rule_pack(self, count):
        """Rules of two to four elements, each with a word of the text that is not frequent."""
        seen = {}
        for text in self.texts:
            for word in re.findall(r"[a-z]{4,}", text):
                seen[word] = seen.get(word, 0) + 1
        words = sorted(seen, key=lambda word: (-seen[word], word))[200 : 200 + max(2000, count)]
        shapes = ['[cap]{{1,3}} "{0}"', '"{0}" "of" [cap]{{1,2}}', '[cap] "and" [cap] "{0}"', '"{0}" [num]', '[lower] "{0}" "the" [cap]']
        rules = [
            f"rule bench-{i}\n  stage  names\n  match  {shapes[i % len(shapes)].format(words[i % len(words)])}\n  make   ORG\n"
            for i in range(count)
        ]
        return {"pack.rules": "pack bench\n" + "\n".join(rules)}

    # ---- the tables ----

    def whole(self):
        files = self.path("files")
        os.makedirs(files)
        for i, text in enumerate(self.texts):
            with open(f"{files}/{i:06}.txt", "w", encoding="utf-8") as out:
                out.write(text)
        self.table("whole", self.corpus, {"JSON Lines": self.tag(self.corpus)})
        self.table("whole, plain text", self.text, {"a folder of files": self.tag(files)})

    def stages(self):
        """Cut off by what is asked for: a shard that no document is in, rules of one name, names without rules, all."""
        one, _ = self.compiled("one-name", self.name_pack(["Nowhere Atall"]), False)
        many, _ = self.compiled("names-only", self.name_pack(self.names(100000)), False)
        commands = {
            "read, JSON": self.tag("--shard", "4000000000/4294967295", self.corpus),
            "+ tokens, sentences, a record": self.tag("--rules", one, self.corpus),
            "+ 100,000 names": self.tag("--rules", many, self.corpus),
            "all shipped rules": self.tag(self.corpus),
            "+ --text (the text in the record)": self.tag("--text", self.corpus),
        }
        self.table("stages, each with those before", self.corpus, commands)

    def growth(self):
        images = {"shipped": None}
        for count in (1000, 10000, 100000, 500000):
            images[f"{count:,} more names"], seconds = self.compiled(f"names-{count}", self.name_pack(self.names(count)), True)
            print(f"compile with {count:,} more names: {seconds:.2f} s", flush=True)
        for count in (200, 2000):
            images[f"{count:,} more rules"], seconds = self.compiled(f"rules-{count}", self.rule_pack(count), True)
            print(f"compile with {count:,} more rules: {seconds:.2f} s", flush=True)
        self.table(
            "growth", self.corpus, {name: self.tag(*(["--rules", image] if image else []), self.corpus) for name, image in images.items()}
        )
        empty = self.path("empty.txt")
        open(empty, "w").close()
        runs = measure({name: self.tag(*(["--rules", image] if image else []), empty) for name, image in images.items()}, self.runs)
        print("\nstart-up to the end of an empty document\n" + "\n".join(f"{n:34}{r.wall * 1e3:8.1f} ms" for n, r in runs.items()))

    def sizes(self):
        """The same text in documents of one size; what a byte costs against 1 MiB."""
        data, rows = "\n".join(self.texts).encode(), {}
        data *= (1 << 26) // len(data) + 1
        for power in (10, 12, 14, 16, 20, 23, 26):
            size, path = 1 << power, self.path(f"size-{power}.jsonl")
            total = max(size, 8 << 20)
            with open(path, "w", encoding="utf-8") as out:
                for start in range(0, total, size):
                    out.write(json.dumps({"text": data[start : start + size].decode("utf-8", "ignore")}, ensure_ascii=False) + "\n")
            run = measure({"tag": self.tag("--max-bytes", "80M", path)}, min(self.runs, 3) if power > 24 else self.runs)["tag"]
            rows[size] = (run, os.path.getsize(path))
        unit = rows[1 << 20][0].cpu / rows[1 << 20][1]
        print(f"\ndocument size\n{'':34}{'MB/s CPU':>10}{'x 1 MiB':>9}{'peak MB':>9}")
        for size, (run, total) in rows.items():
            print(f"{size // 1024:>10,} KiB{'':20}{total / 1e6 / run.cpu:10.1f}{run.cpu / total / unit:9.2f}{run.memory:9.0f}")
            self.ratios[f"size: {size // 1024} KiB, cost of a byte against 1 MiB"] = round(run.cpu / total / unit, 3)

    def threads(self):
        counts = sorted({1, 2, 4, len(CORES)} & set(range(1, max(2, len(CORES)) + 1)))
        commands = {f"{n} threads": [self.attache, "tag", "-q", "--threads", str(n), self.corpus] for n in counts}
        runs = self.table("threads, all cores", self.corpus, commands, cores=len(CORES), keep=False)
        first = runs["1 threads"]
        for name in commands:
            self.ratios[f"threads: {name}, CPU"] = round(runs[name].cpu / first.cpu, 3)
            print(f"{name}: {runs[name].cpu / first.cpu:.2f} x CPU, {first.wall / runs[name].wall:.2f} x as fast")

    def others(self):
        """The same 100,000 names found by what else is there."""
        names = self.names(100000)
        listed, script = self.path("names.txt"), os.path.join(os.path.dirname(__file__), "others.py")
        with open(listed, "w", encoding="utf-8") as out:
            out.write("\n".join(names) + "\n")
        image, _ = self.compiled("names-only", self.name_pack(names), False)
        commands = {"attache, names only, as documents": self.tag("--rules", image, self.corpus)}
        commands["grep -F -o -f"] = ["grep", "-F", "-o", "-f", listed, self.text]
        if shutil.which("rg"):
            commands["rg -F -o -j1 -f"] = ["rg", "-F", "-o", "-j1", "-f", listed, self.text]
        else:
            print("SKIPPED: ripgrep is not installed", file=sys.stderr)
        for module in ("ahocorasick", "flashtext", "spacy"):
            if importlib.util.find_spec(module):
                commands[module] = [sys.executable, script, module, listed, self.text]
            else:
                print(f"SKIPPED: the Python module {module} is not installed", file=sys.stderr)
        self.runs, runs = min(self.runs, 3), self.runs
        self.table("others, 100,000 names", self.text, commands)
        self.runs = runs


TABLES = ("whole", "stages", "growth", "sizes", "threads", "others")


def git(*command):
    return subprocess.run(["git", *command], capture_output=True, text=True).stdout.strip()


def keep_history(path, ratios):
    commit = git("rev-parse", "--short=12", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")
    line = {"commit": commit, "date": git("log", "-1", "--format=%cs"), "cores": len(CORES), "ratios": ratios}
    with open(path, "a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")
    print(f"\nthe ratios of {commit} are in {path}")


def compare(bench):
    runs = measure({name: [build + "/attache", "tag", "-q", bench.corpus] for name, build in (("new", os.path.dirname(bench.attache)), ("base", bench.base))}, bench.runs)
    share = runs["new"].cpu / runs["base"].cpu
    print(f"CPU s: base {runs['base'].cpu:.3f}, new {runs['new'].cpu:.3f}: {share:.2f} x; peak MB {runs['base'].memory:.0f}, {runs['new'].memory:.0f}")
    sys.exit(share > 1.05)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("build")
    arguments.add_argument("corpus")
    arguments.add_argument("--only", default=",".join(TABLES))
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--history")
    arguments.add_argument("--base")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(os.path.abspath(given.build), given.corpus, given.runs, folder, given.base)
        if given.base:
            compare(bench)
        for table in given.only.split(","):
            getattr(bench, table)()
        if given.history:
            keep_history(given.history, bench.ratios)


main()
