"""bench.py - what attache costs, beside `LC_ALL=C wc -w` and the mere reading of the same bytes.

    bench.py BUILD CORPUS.jsonl [--only TABLE,...] [--runs N] [--json FILE] [--history FILE] [--base BUILD]

All commands of a table run in turn, one core pinned (but for threads), N times (7); each figure is the median. CPU is user and
system time. Every table is printed as it comes; all figures go to FILE, ratios to wc -w to the history, a line for each commit.
With --base two builds run in turn, and what got slower is named.
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

from hostile import HOSTILE

CORES = sorted(os.sched_getaffinity(0))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Run:
    """The figures of one command: medians of CPU and wall seconds, the highest peak of memory in MB; CPU seconds turn by turn."""

    def __init__(self, runs):
        self.turns = [run[0] for run in runs]
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


def with_threads(command, count):
    """A command of Bench.tag with that many threads."""
    return [*command[:3], str(count), *command[4:]]


class Bench:
    def __init__(self, build, corpus, runs, folder):
        self.attache, self.corpus, self.runs, self.folder = build + "/attache", corpus, runs, folder
        self.ratios, self.figures = {}, {}
        with open(corpus, encoding="utf-8") as lines:
            self.texts = [json.loads(line)["text"] for line in lines]
        self.text = self.path("text.txt")
        with open(self.text, "w", encoding="utf-8") as out:
            out.write("\n".join(self.texts))

    def path(self, name):
        return os.path.join(self.folder, name)

    def tag(self, *options):
        return [self.attache, "tag", "--threads", "1", "--quiet", "--errors-ok", *options]

    def units(self, path):
        return {"wc -w": ["wc", "-w", path], "read": ["cat", path]}

    def keep(self, name, run, size):
        self.figures[name] = {"bytes": int(size), "cpu_s": run.cpu, "wall_s": run.wall, "peak_mb": round(run.memory, 1)}

    def table(self, title, path, commands, cores=1, keep=True, everywhere=False, times=1):
        """Measures and prints; the ratio of wc -w's CPU time to each is kept. `everywhere`: tag runs with a thread a core too."""
        size, units = os.path.getsize(path) / 1e6 * times, self.units(path)
        for unit in units.values():
            unit[-1:] = unit[-1:] * times
        runs = measure({**units, **commands}, self.runs, cores)
        threaded = {name: with_threads(command, len(CORES)) for name, command in commands.items()} if everywhere else {}
        spread = measure(threaded, self.runs, len(CORES))
        unit, read = runs["wc -w"].cpu, runs["read"].cpu
        print(
            f"\n{title} ({size:.1f} MB)\n{'':36}{'CPU s':>8}{'wall s':>8}{'MB/s CPU':>10}"
            f"{'MB/s all':>10}{'x wc -w':>9}{'x read':>8}{'peak MB':>9}"
        )
        for name, run in runs.items():
            cpu = max(run.cpu, 1e-3)
            wide = f"{size / spread[name].wall:10.1f}" if name in spread else f"{'':10}"
            print(f"{name:36}{run.cpu:8.3f}{run.wall:8.3f}{size / cpu:10.1f}{wide}{unit / cpu:9.3f}{read / cpu:8.4f}{run.memory:9.0f}", flush=True)
            self.keep(f"{title}: {name}", run, size * 1e6)
            if name in spread:
                self.keep(f"{title}: {name}, all cores", spread[name], size * 1e6)
            if keep and name in commands:
                self.ratios[f"{title}: {name}"] = round(unit / cpu, 4)
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

    def folder_of_files(self):
        files = self.path("files")
        if not os.path.isdir(files):
            os.makedirs(files)
            for i, text in enumerate(self.texts):
                with open(f"{files}/{i:06}.txt", "w", encoding="utf-8") as out:
                    out.write(text)
        return files

    def middle_text(self):
        """A file with the document of median length."""
        path = self.path("one.txt")
        with open(path, "w", encoding="utf-8") as out:
            out.write(sorted(self.texts, key=len)[len(self.texts) // 2])
        return path

    def whole(self):
        one = self.middle_text()
        self.table("whole", self.corpus, {"JSON Lines": self.tag(self.corpus)}, everywhere=True)
        self.table("whole, plain text", self.text, {"a folder of files": self.tag(self.folder_of_files())}, everywhere=True)
        self.table("whole, plain text", one, {"one file a thousand times": self.tag(*[one] * 1000)}, everywhere=True, times=1000)

    def stages(self):
        """Cut off by what is asked for: a shard that no document is in, rules of one name, names without rules, all."""
        one, _ = self.compiled("one-name", self.name_pack(["Nowhere Atall"]), False)
        many, _ = self.compiled("names-only", self.name_pack(self.names(100000)), False)
        commands = {
            "read, JSON": self.tag("--shard", "4000000000/4294967295", self.corpus),
            "+ tokens, sentences, a record": self.tag("--rules", one, self.corpus),
            "+ 100,000 names": self.tag("--rules", many, self.corpus),
            "the shipped names, --until lists": self.tag("--until", "lists", self.corpus),
            "all shipped rules": self.tag(self.corpus),
            "+ --text (the text in the record)": self.tag("--text", self.corpus),
        }
        self.table("stages, each with those before", self.corpus, commands, everywhere=True)

    def steps(self):
        """From text to tokens and names alone, by the clock of `attache profile`, reading not counted; the least of all turns, since
        others on the machine only add to a clock. Names are looked up before sentences are found."""
        one, _ = self.compiled("one-name", self.name_pack(["Nowhere Atall"]), False)
        many, _ = self.compiled("names-only", self.name_pack(self.names(100000)), False)
        rows = {
            "tokens with offsets": (one, TO_TOKENS),
            "their word types": (one, (*TO_TOKENS, "word types")),
            "sentences and clauses": (one, (*TO_TOKENS, "word types", "split")),
            "100,000 names looked up": (many, (*TO_TOKENS, "word types", "look up names")),
        }
        unit, turns = [], {one: [], many: []}
        for _ in range(self.runs):
            unit.append(once(["wc", "-w", self.text], CORES[:1])[0])
            for rules, seen in turns.items():
                seen.append(self.profiled(rules))
        size, least = os.path.getsize(self.text) / 1e6, min(unit)
        print(f"\nsteps, each from the text on ({size:.1f} MB)\n{'':36}{'s':>8}{'MB/s':>8}{'x wc -w':>9}")
        print(f"{'wc -w':36}{least:8.3f}{size / least:8.0f}")
        for name, (rules, steps) in rows.items():
            seconds = sum(min(turn[step] for turn in turns[rules]) for step in steps)
            print(f"{name:36}{seconds:8.3f}{size / seconds:8.0f}{least / seconds:9.2f}")
            self.figures[f"steps: {name}"] = {"bytes": int(size * 1e6), "wall_s": round(seconds, 4)}
            self.ratios[f"steps: {name}"] = round(least / seconds, 3)

    def profiled(self, rules):
        """{step: seconds} of the corpus on one core."""
        os.sched_setaffinity(0, CORES[:1])
        command = [self.attache, "profile", "--quiet", "--rules", rules, "--format", "json", self.corpus]
        seen = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        os.sched_setaffinity(0, CORES)
        return {step["step"]: step["ms"] / 1e3 for step in seen["steps"]}

    def growth(self):
        images, compiling = {"shipped": None}, {}
        for count in (1000, 10000, 100000, 500000):
            name = f"{count:,} more names"
            images[name], compiling[name] = self.compiled(f"names-{count}", self.name_pack(self.names(count)), True)
        for count in (200, 2000):
            name = f"{count:,} more rules"
            images[name], compiling[name] = self.compiled(f"rules-{count}", self.rule_pack(count), True)
        self.table(
            "growth", self.corpus, {name: self.tag(*(["--rules", image] if image else []), self.corpus) for name, image in images.items()}
        )
        empty = self.path("empty.txt")
        open(empty, "w").close()
        runs = measure({name: self.tag(*(["--rules", image] if image else []), empty) for name, image in images.items()}, self.runs)
        print(f"\nstart-up to the end of an empty document\n{'':36}{'wall ms':>8}{'CPU ms':>8}{'compile s':>10}")
        for name, run in runs.items():
            taken = f"{compiling[name]:10.2f}" if name in compiling else ""
            print(f"{name:36}{run.wall * 1e3:8.1f}{run.cpu * 1e3:8.1f}{taken}")
            self.keep(f"start-up: {name}", run, 0)
            if name in compiling:
                self.figures[f"compile: {name}"] = {"wall_s": round(compiling[name], 3)}

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
            run = measure({"tag": self.tag("--max-bytes", "80M", path)}, self.runs)["tag"]
            rows[size] = (run, os.path.getsize(path))
            self.keep(f"size: {size // 1024} KiB", run, os.path.getsize(path))
        unit = rows[1 << 20][0].cpu / rows[1 << 20][1]
        print(f"\ndocument size\n{'':36}{'MB/s CPU':>10}{'x 1 MiB':>9}{'peak MB':>9}")
        for size, (run, total) in rows.items():
            print(f"{size // 1024:>10,} KiB{'':22}{total / 1e6 / run.cpu:10.1f}{run.cpu / total / unit:9.2f}{run.memory:9.0f}")
            self.ratios[f"size: {size // 1024} KiB, cost of a byte against 1 MiB"] = round(run.cpu / total / unit, 3)

    def threads(self):
        counts = sorted({1, 2, 4, len(CORES)} & set(range(1, max(2, len(CORES)) + 1)))
        commands = {f"{n} threads": with_threads(self.tag(self.corpus), n) for n in counts}
        runs = self.table("threads, all cores", self.corpus, commands, cores=len(CORES), keep=False)
        first = runs["1 threads"]
        for name in commands:
            self.ratios[f"threads: {name}, CPU"] = round(runs[name].cpu / first.cpu, 3)
            print(f"{name}: {runs[name].cpu / first.cpu:.2f} x CPU, {first.wall / runs[name].wall:.2f} x as fast")

    def others(self):
        """The same 100,000 names found by what else is there; libraries of Python on a part of the text."""
        names, listed = self.names(100000), self.path("names.txt")
        with open(listed, "w", encoding="utf-8") as out:
            out.write("\n".join(names) + "\n")
        image, _ = self.compiled("names-only", self.name_pack(names), False)
        commands = {"attache, names only, as documents": self.tag("--rules", image, self.corpus)}
        commands["grep -F -o -f"] = ["grep", "-F", "-o", "-f", listed, self.text]
        if shutil.which("rg"):
            commands["rg -F -o -j1 -f"] = ["rg", "-F", "-o", "-j1", "-f", listed, self.text]
        else:
            print("SKIPPED: ripgrep is not installed", file=sys.stderr)
        self.alone(image, self.table("others, 100,000 names", self.text, commands))
        self.libraries(listed, image)

    def alone(self, image, runs):
        """The same without records, as the others know none: start-up, and the steps from text to names by the clock of `attache
        profile`, the least of all turns."""
        turns = [self.profiled(image) for _ in range(self.runs)]
        empty = self.path("empty.txt")
        open(empty, "w").close()
        start = measure({"start": self.tag("--rules", image, empty)}, self.runs)["start"].cpu
        seconds = start + sum(min(turn[step] for turn in turns) for step in (*TO_TOKENS, "word types", "look up names"))
        against = [f"{run.cpu / seconds:.1f} x {name.split()[0]}" for name, run in runs.items() if name.split()[0] in ("grep", "rg")]
        print(f"start-up and the look-up alone: {seconds:.3f} s, {', '.join(against)}")
        self.figures["others: start-up and the look-up alone"] = {"wall_s": round(seconds, 4)}
        self.ratios["others: start-up and the look-up alone, against grep -F -o -f"] = round(runs["grep -F -o -f"].cpu / seconds, 2)

    def libraries(self, listed, image):
        part, records, script = self.path("part.txt"), self.path("part.jsonl"), os.path.join(ROOT, "tests/bench/others.py")
        texts, length = [], 0
        while length < PART_BYTES and len(texts) < len(self.texts):
            texts.append(self.texts[len(texts)])
            length += len(texts[-1])
        with open(part, "w", encoding="utf-8") as out, open(records, "w", encoding="utf-8") as lines:
            out.write("\n".join(texts))
            lines.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
        commands = {"attache, names only, as documents": self.tag("--rules", image, records)}
        for module in ("ahocorasick", "ahocorasick_rs", "flashtext", "spacy"):
            if importlib.util.find_spec(module):
                commands[module] = [sys.executable, script, module, listed, part]
            else:
                print(f"SKIPPED: the Python module {module} is not installed", file=sys.stderr)
        self.table("libraries, 100,000 names", part, commands)

    def hostile(self):
        """A mebibyte of texts that a careless tagger is slow on, alone and with statements; what a byte costs against news of that size."""
        news = "\n".join(self.texts).encode()[: 1 << 20].decode("utf-8", "ignore")
        units = {}
        print(f"\nhostile texts\n{'':36}{'CPU s':>8}{'x news':>8}{'peak MB':>9}{'said s':>9}{'x news':>8}{'peak MB':>9}")
        for name, make in {"news": lambda size: news, **HOSTILE}.items():
            path = self.path("hostile.txt")
            with open(path, "w", encoding="utf-8") as out:
                out.write(make(1 << 20))
            plain = self.tag("--input-format", "text", path)
            runs, size = measure({"": plain, ", statements": [*plain, "--statements"]}, self.runs), os.path.getsize(path)
            row = f"{name:36}"
            for kind, run in runs.items():
                share = run.cpu / size / units.setdefault(kind, run.cpu / size)
                row += f"{run.cpu:8.3f}{share:8.2f}{run.memory:9.0f}{' OVER 10 x' if share > 10 else ''} "
                self.keep(f"hostile{kind}: {name}", run, size)
                if name != "news":
                    worst = f"hostile{kind}: the worst, against news"
                    self.ratios[worst] = max(round(share, 2), self.ratios.get(worst, 0))
            print(row, flush=True)

    def builds(self):
        """The same sources with link-time optimization, and with a profile of this corpus: whether they pay."""
        flags = {"-O2": ("-O2", ""), "-O3 -flto": ("-O3 -flto=auto", "-flto=auto")}
        commands = {"-O3, as shipped": self.tag(self.corpus)}
        for name, (compiler, linker) in flags.items():
            commands[name] = [self.built(name, compiler, linker), *self.tag(self.corpus)[1:]]
        measured = "-O3 -fprofile-generate -fprofile-update=atomic"
        trained = self.built("pgo", measured, "-fprofile-generate")
        subprocess.run([trained, "tag", "--quiet", self.corpus], check=True, stdout=subprocess.DEVNULL)
        for folder, _, names in os.walk(self.path("build-pgo")):
            for name in names:
                if name.endswith((".o", ".a")) or name in ("attache", "compiler"):
                    os.remove(os.path.join(folder, name))
        used = "-O3 -fprofile-use -fprofile-correction -Wno-missing-profile -Wno-coverage-mismatch"
        commands["-O3, profile of this corpus"] = [self.built("pgo", used, ""), *self.tag(self.corpus)[1:]]
        self.table("builds", self.corpus, commands)

    def built(self, name, compiler, linker):
        folder = self.path("build-" + name.replace(" ", ""))
        make = ["make", "-s", "-j2", f"BUILD={folder}", f"CFLAGS={compiler}", f"LDFLAGS={linker}", folder + "/attache"]
        done = subprocess.run(make, capture_output=True, text=True, cwd=ROOT)
        if done.returncode:
            sys.exit(f"bench: {' '.join(make)}:\n{done.stderr[-2000:]}")
        return folder + "/attache"


SLOWER = 1.05
PART_BYTES = 4 << 20
TO_TOKENS = ("scan", "tokenize")
TABLES = ("whole", "stages", "steps", "growth", "sizes", "threads", "others", "hostile", "builds")


def git(*command):
    return subprocess.run(["git", *command], capture_output=True, text=True).stdout.strip()


def commit():
    return git("rev-parse", "--short=12", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")


def keep_history(path, ratios):
    line = {"commit": commit(), "date": git("log", "-1", "--format=%cs"), "cores": len(CORES), "ratios": ratios}
    with open(path, "a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")
    print(f"\nthe ratios of {line['commit']} are in {path}")


def tracks(bench):
    """What is compared between two builds: each of these, by a bench of each."""
    one, _ = bench.compiled("one-name", bench.name_pack(["Nowhere Atall"]), False)
    many, _ = bench.compiled("names-only", bench.name_pack(bench.names(100000)), False)
    return {
        "read, JSON": bench.tag("--shard", "4000000000/4294967295", bench.corpus),
        "+ tokens, sentences, a record": bench.tag("--rules", one, bench.corpus),
        "+ 100,000 names": bench.tag("--rules", many, bench.corpus),
        "all shipped rules": bench.tag(bench.corpus),
        "a folder of files": bench.tag(bench.folder_of_files()),
        "a hundred times one small file": bench.tag(*[bench.middle_text()] * 100),
    }


def compare(new, base):
    """Both builds in turn; the share is the median of the shares of each turn. Fails when one is more than SLOWER."""
    mine, theirs = tracks(new), tracks(base)
    slower = []
    print(f"{'':36}{'base CPU s':>11}{'new CPU s':>11}{'share':>8}{'base MB':>9}{'new MB':>8}")
    for name in mine:
        runs = measure({"base": theirs[name], "new": mine[name]}, new.runs)
        share = statistics.median(a / max(b, 1e-3) for a, b in zip(runs["new"].turns, runs["base"].turns))
        larger = runs["new"].memory > SLOWER * runs["base"].memory
        print(
            f"{name:36}{runs['base'].cpu:11.3f}{runs['new'].cpu:11.3f}{share:8.2f}{runs['base'].memory:9.0f}{runs['new'].memory:8.0f}"
            f"{'  SLOWER' if share > SLOWER else ''}{'  LARGER' if larger else ''}",
            flush=True,
        )
        slower += [name] if share > SLOWER or larger else []
    print(f"slower or larger: {'; '.join(slower)}" if slower else "nothing got slower or larger")
    sys.exit(bool(slower))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("build")
    arguments.add_argument("corpus")
    arguments.add_argument("--only", default=",".join(TABLES))
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--json")
    arguments.add_argument("--history")
    arguments.add_argument("--base")
    given = arguments.parse_args()
    if not 0 < given.runs:
        sys.exit("bench: --runs wants a number from 1 on")
    unknown = sorted(set(given.only.split(",")) - set(TABLES))
    if unknown:
        sys.exit(f"bench: no table is called '{unknown[0]}'; there are {', '.join(TABLES)}")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        bench = Bench(os.path.abspath(given.build), given.corpus, given.runs, folder)
        if given.base:
            compare(bench, Bench(os.path.abspath(given.base), given.corpus, given.runs, other))
        for table in given.only.split(","):
            getattr(bench, table)()
        if given.json:
            with open(given.json, "w", encoding="utf-8") as out:
                json.dump({"commit": commit(), "cores": len(CORES), "runs": given.runs, "figures": bench.figures}, out, indent=1)
        if given.history:
            keep_history(given.history, bench.ratios)


main()
