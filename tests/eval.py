"""eval.py BUILD GOLD FLOORS - one table of all sets of the gold, each scored twice; see eval.sh."""
import gzip, json, os, subprocess, sys

build, gold, floors_path = sys.argv[1:4]
out, program = os.path.join(build, "eval"), os.path.join(build, "attache")
LABELS = ["--types", "PERSON,ORG,LOCATION"]
# COUNTRY stands for what re3d makes of a state, an actor or a place; CrossNER keeps it apart from other places.
RE3D = dict(profile="re3d", names=True, map=["ORG=AGENCY+IGO+ORG+COUNTRY", "LOCATION=COUNTRY+LOCATION"])
CONLL = dict(profile="conll", map=["ORG=AGENCY+IGO+ORG", "LOCATION=COUNTRY+LOCATION"], gold_map=["LOCATION=COUNTRY+LOCATION"])
SETS = [("house-dev", dict(house=True)), ("re3d-centcom", RE3D), ("re3d-bbc", RE3D), ("re3d-wikipedia", RE3D),
        ("crossner-politics-dev", CONLL), ("crossner-politics-train", CONLL),
        ("gum-news", dict(profile="conll", names=True, map=CONLL["map"])),
        ("reuters-train-sample", dict(doc=True)), ("reuters-train-sample", dict(doc=True, without="USA"))]


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"eval: {' '.join(command)}: status {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout) if done.stdout.startswith("{") else None


def scorer(name, *arguments):
    return run(sys.executable, os.path.join(gold, name), *arguments, "--json")


def unpack(name):
    path = os.path.join(out, name + ".jsonl")
    with gzip.open(os.path.join(gold, name + ".jsonl.gz"), "rb") as packed, open(path, "wb") as plain:
        plain.write(packed.read())
    return path


def without(path, code, read):
    """A copy in which no document is about `code`; `read` gives the list in a document."""
    copy = path + "." + code
    with open(path, encoding="utf-8") as lines, open(copy, "w", encoding="utf-8") as to:
        for doc in map(json.loads, lines):
            about = read(doc)
            about[:] = [c for c in about if c != code]
            print(json.dumps(doc), file=to)
    return copy


def figures(precision, recall, f1, count, found):
    return {"precision": precision, "recall": recall, "f1": f1, "gold": count, "found": found}


def spans(path, records, how):
    """{measure: figures} by both scorers."""
    names, gold_map = ["--names-only"] * how.get("names", False), how.get("gold_map", [])
    theirs = scorer("score.py", path, records, "--labels", LABELS[1], "--resamples", "1", *names, "--map", *how["map"],
                    *(["--gold-map", *gold_map] if gold_map else []))["labels"]
    ours = run(program, "eval", path, "--format", "json", "--profile", how["profile"], *LABELS, *names, "--map", " ".join(how["map"]),
               *(["--gold-map", " ".join(gold_map)] if gold_map else []))
    rename = lambda label: "mentions" if label == "micro" else label
    return {rename(k): figures(v["strict"]["p"], v["strict"]["r"], v["strict"]["f"], v["support"], v["predicted"])
            for k, v in theirs.items()}, ours


def about(path, records, how):
    if "without" in how:
        path = without(path, how["without"], lambda d: d["doc"].setdefault("countries3", []))
        records = without(records, how["without"], lambda d: d.setdefault("about", []))
    m = scorer("score.py", path, records, "--doc", "countries3=about", "--resamples", "1")["micro"]
    ours = run(program, "eval", path, *([records] if "without" in how else []), "--format", "json")
    return {"about": figures(m["p"], m["r"], m["f"], m["support"], m["predicted"])}, ours


def house(path, records, how):
    return scorer("score_house.py", path, records), run(program, "eval", path, "--format", "json")


def floors():
    table = {}
    with open(floors_path, encoding="utf-8") as lines:
        for line in lines:
            words = line.split("#")[0].split()
            if words:
                table[words[0], words[1]] = float(words[2])
    return table


def main():
    os.makedirs(out, exist_ok=True)
    wanted, seen, bad = floors(), set(), []
    print(f"{'set':34}{'measure':24}{'P':>7}{'R':>7}{'F1':>7}{'floor':>7}{'gold':>7}{'found':>7}")
    for name, how in SETS:
        path, records = unpack(name), os.path.join(out, name + ".out.jsonl")
        run(program, "tag", "--quiet", *(["--profile", how["profile"]] if "profile" in how else []), path, "-o", records)
        theirs, ours = (house if "house" in how else about if "doc" in how else spans)(path, records, how)
        label = name + ("-without-" + how["without"] if "without" in how else "")
        for measure, v in theirs.items():
            floor = wanted.get((label, measure))
            seen.add((label, measure))
            print(f"{label:34}{measure:24}{v['precision']:7.3f}{v['recall']:7.3f}{v['f1']:7.3f}"
                  f"{'' if floor is None else format(floor, '.3f'):>7}{v['gold']:7}{v['found']:7}")
            if floor is not None and v["f1"] < floor:
                bad.append(f"{label} {measure}: {v['f1']:.4f} is under its floor {floor}")
            off = [k for k, x in v.items() if abs(x - ours[measure][k]) > 1e-9]
            if off:
                bad.append(f"{label} {measure}: attache eval and the scorer beside the gold differ in {', '.join(off)}")
    bad += [f"tests/eval-floors: no figure '{' '.join(key)}'" for key in wanted.keys() - seen]
    print("\n".join(["", *bad]) if bad else f"\nattache eval and the scorers beside the gold agree in all {len(seen)} lines; no floor is missed")
    return bool(bad)


sys.exit(main())
