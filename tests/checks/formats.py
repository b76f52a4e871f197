"""formats.py ATTACHE DIR: holds what other tools read against the records of the same documents."""

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata

attache, out = sys.argv[1:]
records = [json.loads(line) for line in open(f"{out}/jsonl", encoding="utf-8")]
assert len(records) > 30 and sum("error" in record for record in records) == 1


def outermost(record):
    """Mentions that stand in no other."""
    end = 0
    for mention in record["mentions"]:
        if mention["start"] >= end:
            end = mention["end"]
            yield mention


def check_conll():
    documents = open(f"{out}/conll", encoding="utf-8", newline="").read().split("-DOCSTART- -X- O O ")
    assert documents.pop(0) == "" and len(documents) == len(records)
    for record, document in zip(records, documents):
        head, *lines = document.split("\n")
        if "error" in record:
            error = record["error"]
            assert head == f"{record['id']}\terror {error['code']}: {error['message']}" and not any(lines)
            continue
        assert head == record["id"].replace("\u0001", "\ufffd")
        spans, before = [], "O"
        for line in lines:
            form, tag = line.split("\t") if line else ("", "O")
            assert form == "".join(form.split()), "nothing in a token that a reader splits at"
            if tag[0] == "B":
                spans.append([form, tag[2:]])
            elif tag[0] == "I":
                assert before[2:] == tag[2:], "I- without B- before it"
                spans[-1][0] += form
            before = tag
        marks = "*_" if record["source"].endswith(".md") else ""  # of emphasis, which are no tokens
        bare = lambda text: "".join(c for c in text if c not in marks and not c.isspace())
        spans = [[bare(form), type] for form, type in spans]
        want = [[bare(mention["text"]), mention["type"]] for mention in outermost(record)]
        assert spans == want, (record["id"], spans, want)
    # The rules find in a text made anew of the tokens what they found in the text, and what is nested.
    assert json.load(open(f"{out}/eval"))["mentions"]["recall"] > 0.98


def check_spans():
    lines = {
        name: [json.loads(line) for line in open(f"{out}/{name}", encoding="utf-8")] for name in ("spacy", "prodigy", "doccano")
    }
    for record, spacy, prodigy, doccano in zip(records, *lines.values(), strict=True):
        text, mentions = record.get("text", ""), record.get("mentions", [])
        assert text == spacy["text"] == prodigy["text"] == doccano["text"]
        assert spacy["entities"] == [[m["start"], m["end"], m["type"]] for m in outermost(record)] if mentions else not spacy["entities"]
        utf16 = text.encode("utf-16-le")
        assert [label[2] for label in doccano["label"]] == [m["type"] for m in mentions]
        assert [utf16[2 * a : 2 * b].decode("utf-16-le") for a, b, _ in doccano["label"]] == [m["text"] for m in mentions]
        tokens = prodigy["tokens"]
        assert text == "".join(token["text"] + " " * token["ws"] for token in tokens)
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        assert all(text[token["start"] : token["end"]] == token["text"] for token in tokens)
        for span, m in zip(prodigy["spans"], mentions, strict=True):
            assert (span["start"], span["end"], span["label"]) == (m["start"], m["end"], m["type"])
            assert tokens[span["token_start"]]["start"] == m["start"] and tokens[span["token_end"]]["end"] == m["end"]
        error = record.get("error")
        for facts in spacy, prodigy["meta"], doccano:
            assert all(facts.get(name) == record.get(name) for name in ("id", "source", "date", "title"))
            assert facts.get("error") == (f"{error['code']}: {error['message']}" if error else None)


def check_tasks():
    for record, task in zip(records, json.load(open(f"{out}/labelstudio", encoding="utf-8")), strict=True):
        text, error = record.get("text", ""), record.get("error")
        assert task["data"].get("text") == text and task["data"]["id"] == record["id"]
        if error:
            assert task["data"]["error"] == f"{error['code']}: {error['message']}" and not task["predictions"]
            continue
        results = task["predictions"][0]["result"]
        assert len({result["id"] for result in results}) == len(results)
        want = [(m["start"], m["end"], m["text"], [m["type"]]) for m in record["mentions"]]
        assert [tuple(result["value"].values()) for result in results] == want
        assert all(text[a:b] == words for a, b, words, _ in want)


def check_brat():
    lines = [line.rstrip("\n").split("\t") for line in open(f"{out}/brat/part-0001-of-0001.brat", encoding="utf-8", newline="")]
    notes = 0
    for record, (name, _, *error) in zip(records, lines, strict=True):
        if error:
            assert not name and error[0] == f"error {record['error']['code']}: {record['error']['message']}"
            continue
        text = open(f"{out}/brat/{name}.txt", encoding="utf-8", newline="").read()
        assert text == record["text"]
        bound, references = [], {}
        for line in open(f"{out}/brat/{name}.ann", encoding="utf-8", newline="").read().splitlines():
            number, rest, tail = line.split("\t")
            head, *rest = rest.split(" ")
            if number[0] == "T":
                parts = [tuple(map(int, part.split())) for part in " ".join(rest).split(";")]
                assert " ".join(text[start:end] for start, end in parts) == tail and number == f"T{len(bound) + 1}"
                bound.append((parts[0][0], parts[-1][1], head))
            elif number[0] == "N":
                references[int(rest[0][1:]) - 1] = rest[1]
            else:
                notes += 1
                assert head == "AnnotatorNotes" and bound[int(rest[0][1:]) - 1][2] == "PERSON"
        assert bound == [(m["start"], m["end"], m["type"]) for m in record["mentions"]], name
        for i, mention in enumerate(record["mentions"]):
            if mention["type"] == "COUNTRY":
                assert references[i] == f"ISO3166-1:{mention['code']}"
            elif i in references:
                assert references[i] in (f"attache:{mention['entity']}", f"ISO3166-1:{mention.get('code')}")
    assert notes == sum(len(record.get("officials", [])) for record in records) > 20


def rows(name):
    with open(f"{out}/{name}-csv", encoding="utf-8-sig", newline="") as file:
        text = file.read()
    assert text.count("\r\n") == text.count("\n") == text.count("\r")
    table = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in table), "as many cells as columns"
    failed = [(row["id"], row["error"]) for row in table if row["error"]]
    assert failed == [(r["id"], f"{r['error']['code']}: {r['error']['message']}") for r in records if "error" in r]
    return [row for row in table if not row["error"]]


def cell(value):
    """One line; no formula; no control character."""
    line = re.sub("[ \t\r\n]+", " ", str("" if value is None else value)).strip(" ")
    line = "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in line)
    return "'" + line if line[:1] in ("=", "+", "-", "@") else line


def check_rows():
    """Each row is an item of a record, its columns keys of the item or named here."""
    entities = {(r["id"], e["id"]): e for r in records for e in r.get("entities", [])}
    first = lambda theme, key: theme["evidence"][0][key] if theme["evidence"] else None
    columns = {
        "officials": {},
        "mentions": {
            "name": lambda m, e: e.get("name"),
            "country": lambda m, e: e.get("country"),
        },
        "themes": {
            "actors": lambda t, e: "+".join(t["actors"]),
            "document_topic": lambda t, e: "yes" if t["document_topic"] else "no",
            "evidence": lambda t, e: first(t, "text"),
            "start": lambda t, e: first(t, "start"),
            "end": lambda t, e: first(t, "end"),
            "places": lambda t, e: len(t["evidence"]),
            "rule": lambda t, e: first(t, "rule"),
        },
    }
    for name, special in columns.items():
        found, items = rows(name), [(r, item) for r in records for item in r.get(name, [])]
        assert len(found) == len(items) > 20, name
        for row, (record, item) in zip(found, items):
            entity = entities.get((record["id"], item.get("entity")), {})
            for key, value in row.items():
                want = special[key](item, entity) if key in special else record[key] if key in ("id", "date") else item.get(key)
                assert value == cell(want), (name, key, value, cell(want))


def kill(format, target):
    """Kills a run again and again, each a little later; what is there in the end the shell compares."""
    command = [attache, "tag", "--quiet", "--errors-ok", "--unbuffered", "--threads", "1", "--resume", "--format", format]
    kills, status = 0, -9
    while status == -9:
        process = subprocess.Popen([*command, "--out", target, f"{out}/thrice.jsonl"])
        try:
            status = process.wait(0.008 * 1.15**kills)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
            kills += 1
    assert status == 0 and kills > 1, (status, kills)


check_conll()
check_spans()
check_tasks()
check_brat()
check_rows()
kill("brat", f"{out}/killed/")
for format in "labelstudio", "officials-csv":
    kill(format, f"{out}/killed-{format}")
