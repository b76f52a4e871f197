"""formats.py DIR: holds what other tools read against the records of the same documents."""

import json
import sys

out = sys.argv[1]
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
        want = [["".join(mention["text"].split()), mention["type"]] for mention in outermost(record)]
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
        assert doccano["label"] == [[m["start"], m["end"], m["type"]] for m in mentions]
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


check_conll()
check_spans()
