# Every record of the sample documents, and of texts that can't be read, is what `attache schema` says.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
"$BUILD/attache" schema > "$out/schema.json"
printf '{"id":1,"text":"Seoul\\u0000 \\ud83d\\ude00 met."}\n{"id":2}\nno\n' > "$out/odd.jsonl"
for offsets in codepoint byte utf16; do
    "$BUILD/attache" tag --quiet --offsets $offsets --text --errors-ok corpora "$out/odd.jsonl" "$out/missing.txt" >> "$out/records.jsonl" 2>/dev/null
done
"$BUILD/attache" tag --quiet --statements corpora >> "$out/records.jsonl"
"$PYTHON" - "$out" <<'P'
import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1] + "/schema.json"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
records = [json.loads(line) for line in open(sys.argv[1] + "/records.jsonl", encoding="utf-8")]
bad = [(r.get("id"), e.json_path, e.message) for r in records for e in validator.iter_errors(r)]
for b in bad[:10]:
    print("schema:", *b)
sys.exit(bool(bad) or len(records) < 60 or sum("error" in r for r in records) != 9)
P
