# A page of all samples: well-formed, sufficient to itself, its texts those of the documents, its marks those of the mentions; the
# same from the corpus and from its records, compressed or not, in whatever units their offsets are.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
"$BUILD/attache" report -q corpora -o "$out/page.html" || exit 1
for unit in codepoint byte utf16; do
    "$BUILD/attache" tag -q --text --offsets $unit corpora -o "$out/$unit.jsonl" || exit 1
    "$BUILD/attache" report "$out/$unit.jsonl" | cmp - "$out/page.html" || exit 1
done
gzip "$out/byte.jsonl" && "$BUILD/attache" report - < "$out/byte.jsonl.gz" | cmp - "$out/page.html" || exit 1
"$PYTHON" - "$out/page.html" "$out/codepoint.jsonl" <<'P'
import json, sys
from html.parser import HTMLParser

VOID = {"meta", "input", "rect", "br"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.texts, self.marks, self.pre, self.stack = [], [], [], None, []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        assert not {"src", "href"} & set(attributes) or attributes.get("href", "").startswith("#"), attributes
        if tag not in VOID or tag == "rect":
            self.open.append(tag)
        if tag == "pre":
            self.pre = ""
        elif self.pre is not None:
            self.stack.append((len(self.pre) - 1, attributes["class"].split()[1]))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.getpos())
        if tag == "pre":
            self.texts.append(self.pre[1:])  # the line break behind <pre> is none of the text
            self.pre = None
        elif self.pre is not None:
            start, kind = self.stack.pop()
            self.marks.append((len(self.texts), start, len(self.pre) - 1, kind))

    def handle_data(self, data):
        if self.pre is not None:
            self.pre += data


page = Page()
page.feed(open(sys.argv[1], encoding="utf-8", newline="").read())
assert not page.open, page.open
records = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
assert page.texts == [record["text"] for record in records]
wanted = sorted((i, m["start"], m["end"], m["type"]) for i, record in enumerate(records) for m in record["mentions"])
assert len(wanted) > 500
for mark, mention in zip(sorted(page.marks), wanted, strict=True):  # one that goes beyond what it begins in is cut
    assert mark[:2] == mention[:2] and mark[2] <= mention[2] and mark[3] == mention[3], (mark, mention)
assert sum(mark != mention for mark, mention in zip(sorted(page.marks), wanted)) < 5
P
