#!/bin/sh
# demo.sh BUILD - annotates the sample documents and shows what was found.
set -eu
out=$1/demo
mkdir -p "$out"
"$1/attache" tag corpora/*/ corpora/briefs.jsonl --quiet -o "$out/corpora.jsonl"
"$1/attache" tag corpora/*/ corpora/briefs.jsonl --quiet --format inline -o "$out/corpora.txt"
"$1/attache" tag corpora/*/ corpora/briefs.jsonl --quiet --text -o "$out/corpora.text.jsonl"
python=python3
[ -x /usr/bin/python3 ] && python=/usr/bin/python3
"$python" - "$out/corpora.jsonl" <<'P'
import collections, json, sys
records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
types, countries, found = collections.Counter(), collections.Counter(), {}
names, where = {}, collections.defaultdict(set)
for record in records:
    for m in record["mentions"]:
        types[m["type"]] += 1
    for e in record["entities"]:
        names[e["id"]] = e
        where[e["id"]].add(record["id"])
        found[e["id"]] = found.get(e["id"], 0) + e["mentions"]
def best(kind, count):
    ids = sorted((i for i in found if names[i]["type"] == kind and not i.startswith("e")), key=lambda i: (-found[i], i))
    return ids[:count]
print(f"\n{len(records)} documents of corpora/, {sum(types.values())} mentions:",
      ", ".join(f"{n} {t}" for t, n in types.most_common()))
print("\nCountries   mentions  documents        Agencies                                          country  by")
left = [f"{i}  {names[i]['name'][:20]:20} {found[i]:4} {len(where[i]):6}" for i in best("COUNTRY", 16)]
right = [f"{names[i]['name'][:46]:46}    {names[i].get('country') or '-':5}    {names[i].get('country_by') or ''}" for i in best("AGENCY", 16)]
for a, b in zip(left, right):
    print(f"{a:45} {b}")
bodies = dict.fromkeys(names[i].get("code") or names[i]["name"] for i in best("IGO", 30))  # an organ has the code of its body
print(f"\nBodies of several states: {', '.join(list(bodies)[:20])}")
print("\nOfficials" + " " * 19 + "title, agency, country")
shown = 0
for record in records:
    for o in record["officials"]:
        if shown < 12 and o["country"]:
            print(f"  {o['name'][:24]:25} {o['title'][:52]:53} {(o['agency'] or '-')[:34]:35} {o['country']}")
            shown += 1
topics, views = collections.Counter(), collections.Counter()
examples = {}
for record in records:
    views.update(record["views"])
    for t in record["themes"]:
        if t["actors"]:
            topics[t["theme"]] += 1
            examples.setdefault(t["theme"], (record["id"], t["role"], t["evidence"][0]["text"]))
print("\nThemes" + " " * 27 + "role        evidence")
for theme, n in sorted(topics.items(), key=lambda x: (-x[1], x[0]))[:12]:
    where_, role, words = examples[theme]
    print(f"  {theme[:30]:31} {role or '-':10} \"{' '.join(words.split())[:60]}\"")
print("\nViews:", ", ".join(f"{v} ({n})" for v, n in sorted(views.items())) or "none")
first = next(r for r in records if "us-rok-cyber" in r["id"])
print(f"\nSome mentions of {first['id']}, each with the line of the rules that found it:")
seen = set()
for m in first["mentions"]:
    if m["text"] not in seen and m["type"] in ("AGENCY", "COUNTRY", "IGO"):
        seen.add(m["text"])
        print(f"  {m['start']:5}-{m['end']:<5} {m['type']:8} {m['text'][:52]:52} {m['line']}")
    if len(seen) == 12:
        break
P
"$1/attache" report "$out/corpora.text.jsonl" -o "$out/report.html"
printf '\nThe records are in %s (one document a line), the same to read in %s\n' "$out/corpora.jsonl" "$out/corpora.txt"
printf 'The same as a page, with charts, tables and the texts: %s (open it in a browser)\n' "$out/report.html"
