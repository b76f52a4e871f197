"""spacy_reads.py DIR: spaCy takes the formats that are for it, and finds in each what the records say."""

import json
import re
import sys
import warnings

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.training.converters import conll_ner_to_docs


def lines(name):
    return [json.loads(line) for line in open(f"{sys.argv[1]}/as-{name}", encoding="utf-8")]


def spans(found):
    return [(span.start_char, span.end_char, span.label_) for span in found]


warnings.filterwarnings("error", message=r".*\[W030\]")  #: entities that miss the edges of tokens
nlp, records, made = spacy.blank("en"), lines("jsonl"), DocBin()
missed = 0
for record, task, text in zip(records, lines("prodigy"), lines("spacy"), strict=True):
    mentions = [(m["start"], m["end"], m["type"]) for m in record["mentions"]]
    ours = Doc(nlp.vocab, words=[token["text"] for token in task["tokens"]], spaces=[token["ws"] for token in task["tokens"]])
    assert ours.text == task["text"] == text["text"]
    ours.spans["sc"] = [Span(ours, span["token_start"], span["token_end"] + 1, span["label"]) for span in task["spans"]]
    assert spans(ours.spans["sc"]) == mentions
    example = Example.from_dict(ours, {"entities": [tuple(entity) for entity in text["entities"]]})
    assert spans(example.reference.ents) == [tuple(entity) for entity in text["entities"]] and set(spans(example.reference.ents)) <= set(mentions)
    doc = nlp.make_doc(text["text"])  # its own tokens, which are others: what misses their edges is shortened or falls
    doc.ents = [span for span in (doc.char_span(*entity, alignment_mode="contract") for entity in text["entities"]) if span]
    missed += len(text["entities"]) - len(doc.ents)
    made.add(doc)
assert missed < 10, missed
assert len(DocBin().from_bytes(made.to_bytes())) == len(records)

columns = open(f"{sys.argv[1]}/as-conll", encoding="utf-8", newline="").read()
docs = list(conll_ner_to_docs(re.sub("(?m)^-DOCSTART-.*", "-DOCSTART- -X- O O", columns), n_sents=0, no_print=True))


def letters(words):
    """Without blanks, and without the marks of emphasis in Markdown, which are no tokens."""
    return re.sub(r"[\s*_]", "", words)


assert [[(letters(e.text), e.label_) for e in doc.ents] for doc in docs] == [
    [(letters(text["text"][start:end]), label) for start, end, label in text["entities"]] for text in lines("spacy")
]
