"""The library in Python says what the program says, in one thread and in four; what is wrong is told."""

import concurrent.futures
import gc
import json
import subprocess
import sys
import weakref

import attache

program, records = sys.argv[1], []
for line in open(sys.argv[2], encoding="utf-8"):
    records.append(json.loads(line))
want = []
for line in subprocess.run([program, "tag", "--quiet", "-"], input=open(sys.argv[2], "rb").read(), capture_output=True).stdout.splitlines():
    want.append(json.loads(line) | {"source": None})
tagger = attache.Tagger()


def one(record):
    return tagger.tag(record["text"], **{name: record.get(name) for name in ("id", "date", "title", "lang")}) | {"source": None}


assert [one(record) for record in records] == want, "one thread"
with concurrent.futures.ThreadPoolExecutor(4) as threads:
    assert list(threads.map(one, records * 3)) == want * 3, "four threads"
for record, mine in zip(records, want):
    assert all(record["text"][m["start"] : m["end"]] == m["text"] for m in mine["mentions"])
lines = [json.loads(line) for line in tagger.tag_lines(['{"text":"Japan"}', "no", '{"id":7}', '{"text":5}', '{"text":[74]}', "[]"])]
assert [line["id"] for line in lines] == ["line:1", "line:2", "7", "line:4", "line:5", "line:6"]
assert [line["error"]["code"] for line in lines[1:]] == ["E010", "E011", "E011", "E011", "E013"]
assert ["error" in line for line in lines] == [False] + [True] * 5, "a text that is a number or a list is none"
for odd in ("\ud800 Japan", "\0\U0001f600 Japan"):  # half of a pair, which UTF-8 does not have
    (japan,) = tagger.tag(odd)["mentions"]
    assert odd[japan["start"] : japan["end"]] == "Japan", odd
assert attache.Tagger(text=True).tag("\ud800 Japan")["text"] == "\ufffd Japan"
written = ['{"id":1.10,"text":"Japan"}', '{"id":%s,"text":"Japan"}' % ("7" * 5000), '{"id":"\\ud800","text":7.5}', '{"text":"Japan","x":NaN}']
written = [json.loads(line.encode()) for line in tagger.tag_lines(written)]
assert [line["id"] for line in written] == ["1.10", "7" * 5000, "\ufffd", "line:4"], "ids as they are written"
assert [line.get("error", {}).get("code") for line in written] == [None, None, "E011", "E010"]
gc.disable()
dropped = attache.Tagger()
dropped.tag("Japan")
dropped, gone = None, weakref.ref(dropped)
assert gone() is None, "a Tagger goes without the garbage collector"
gc.enable()
assert attache.Tagger(theme="missiles").tag("It rained.") is None
trade = "Tariffs on trade, a trade agreement, cyber attacks, ransomware. Cyber attacks, ransomware and tariffs on trade."
for wrong, error in (lambda: attache.Tagger(max_topics=-1), ValueError), (lambda: tagger.tag_lines('{"text":"Peru"}'), TypeError):
    try:
        wrong()
        raise AssertionError(error)
    except error:
        pass
assert '"E010"' in next(tagger.tag_lines(["[" * 1000000]))
assert len(attache.Tagger(max_topics=1).tag(trade)["topics"]) == 1 < len(tagger.tag(trade)["topics"])
minister = "Japan's Foreign Minister Jane Roe spoke."
assert [m["type"] for m in attache.Tagger(until="lists").tag(minister)["mentions"]] == ["COUNTRY"]
assert "TITLE" not in [m["type"] for m in attache.Tagger(profile="conll").tag(minister)["mentions"]]
for wrong in ({"types": "NOPE"}, {"view": "nope"}, {"until": "nope"}, {"profile": "nope"}, {"rules": "/nowhere"}):
    try:
        attache.Tagger(**wrong)
        sys.exit(f"{wrong} was taken")
    except attache.AttacheError as error:
        assert list(wrong.values())[0] in str(error), error
for vain in ({"until": "lists", "theme": "missiles"}, {"until": "lists", "statements": True}, {"profile": "conll", "types": "AGENCY"}):
    try:
        attache.Tagger(**vain)
        sys.exit(f"{vain} was taken")
    except attache.AttacheError as error:
        assert list(vain.values())[0] in str(error), error
odd = '{"text": "Peru", "id": {"a": 1}, "title": ["x"], "lang": true, "date": 2024}'
record = json.loads(next(tagger.tag_lines([odd])))
assert [record[name] for name in ("id", "title", "lang", "date")] == ["line:1", None, None, "2024"], record
assert tagger.tag("Peru", id="a\0b")["id"] == "a\ufffdb"
assert [w["code"] for w in tagger.tag("Japan", date="soon", origin="ZZZ")["warnings"]] == ["E014", "E015"]
assert tagger.digest == want[0]["rules"]
