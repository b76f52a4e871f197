# Every mention is the slice of its text that its offsets say, in all three units; mentions are sorted.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
printf 'caf\xc3\xa9 \xff\xc3 Seoul \xf0\x9f\x98\x80 U.S.-ROK \xe2\x82 Japan\x00China\n' > "$out/bad-bytes.txt"
for offsets in codepoint byte utf16; do
    "$BUILD/attache" tag --quiet --text --offsets $offsets corpora "$out/bad-bytes.txt" > "$out/$offsets.jsonl"
done
"$PYTHON" - "$out" <<'P'
import json, sys
bad = seen = 0
def read(unit):
    return [json.loads(line) for line in open(f"{sys.argv[1]}/{unit}.jsonl", encoding="utf-8")]
for unit in ("codepoint", "byte", "utf16"):
    for record in read(unit):
        text = record["text"]
        data = open(record["source"], "rb").read() if not record["source"].endswith(".jsonl") else text.encode()
        wide = text.encode("utf-16-le")
        order = [(m["start"], -m["end"]) for m in record["mentions"]]
        bad += order != sorted(order)
        for m in record["mentions"]:
            seen += 1
            a, b = m["start"], m["end"]
            got = {"codepoint": lambda: text[a:b], "utf16": lambda: wide[2 * a:2 * b].decode("utf-16-le"),
                   "byte": lambda: data[a:b].decode("utf-8", "replace")}[unit]()
            if got != m["text"] or data[m["byte_start"]:m["byte_end"]].decode("utf-8", "replace") != m["text"]:
                bad += 1
                print("slice:", unit, record["id"], m)
sys.exit(bad > 0 or seen < 1500)
P
