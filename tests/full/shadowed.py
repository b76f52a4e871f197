"""Rules that lint says never win (C03) never do: random rules that are much alike, random texts. shadowed.py ATTACHE [SETS]"""

import json
import random
import re
import subprocess
import sys
import tempfile

attache, sets = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
dice = random.Random(1)
TESTS = ["[cap]", "[any]", "[lower]", "[num]", "[cap & !'Kite']", "['Kite' | 'Mast']", "[cap | num]", "<kite>", "<rope>", '"Mast"', '"oar"']
REPEATS = ["?", "{1,3}", "+"] + [""] * 9
HEAD = 'pack mine\n\nlist kite\n  "Kite" "Mast"\n\nlist rope\n  "Rope" "Rope Helm"\n\n'
WORDS = ["Kite", "Mast", "oar", "Rope", "of", "7", "12", "Helm"]
MORE = ['  preceded-by  "of"\n', "  tier  override\n", "  inside  sentence\n"] + [""] * 7


def pattern(depth=0):
    parts = []
    for _ in range(dice.randrange(1, 4)):
        if depth > 1 or dice.random() < 0.7:
            parts.append(dice.choice(TESTS) + dice.choice(REPEATS))
        else:
            parts.append(f"( {pattern(depth + 1)} | {pattern(depth + 1)} )" + dice.choice(["", "", "?", "{1,3}"]))
        if dice.random() < 0.06:
            parts.append("..2")
    return " ".join(parts)


def like(base):
    """The pattern, some of its tests a little wider or narrower."""
    parts = base.split(" ")
    for _ in range(dice.randrange(3)):
        i = dice.randrange(len(parts))
        parts[i] = {"[cap]": "[any]", "<kite>": "[cap]", '"Mast"': "<kite>", "[any]": "[cap]"}.get(parts[i], parts[i])
    return " ".join(parts)


def rule(number, base):
    body = like(base) if dice.random() < 0.8 else pattern()
    layer = dice.choice(["EVENT", "EVENT", "AGENCY"])
    return f"rule {dice.choice('abcdef')}{number}\n  stage  names\n  match  {body}\n  make   {layer}\n{dice.choice(MORE)}"


def run(*command):
    return subprocess.run([attache, *command], capture_output=True, text=True).stdout


told = wrong = 0
with tempfile.TemporaryDirectory() as folder:
    rules, texts = folder + "/mine.rules", folder + "/in.jsonl"
    for _ in range(sets):
        base = pattern()
        with open(rules, "w", encoding="utf-8") as out:
            out.write(HEAD + "\n".join(rule(number, base) for number in range(7)))
        said = run("lint", "--rules", rules)
        never = {"mine/" + name for name in re.findall(r"C03: '([a-z0-9]+)' never", said)}
        if not never or ": error " in said:
            continue
        with open(texts, "w", encoding="utf-8") as out:
            out.writelines(json.dumps({"text": " ".join(dice.choices(WORDS, k=dice.randrange(4, 14))) + "."}) + "\n" for _ in range(150))
        won = {mention["rule"] for line in run("tag", "--quiet", "--rules", rules, texts).splitlines() for mention in json.loads(line)["mentions"]}
        told += len(never)
        for name in never & won:
            wrong += 1
            print(f"{name} wins:\n{open(rules, encoding='utf-8').read()}")
print(f"{told} rules that never win, {wrong} of them do")
sys.exit(wrong > 0 or told < sets / 4)
