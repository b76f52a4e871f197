# show ARGUMENTS of tag: kind, verb, speaker with the words that name him, what is said, themes. The places have to fit the text.
show() {
    "$ATTACHE" tag --statements --text "$@" > shown || return
    "${PYTHON:-python3}" -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    text = record.get("text")
    for one in record.get("statements", []):
        who = one["speaker"]
        assert one["text"] == text[one["start"]:one["end"]] == text.encode()[one["byte_start"]:one["byte_end"]].decode(), one
        assert who["entity"] in [entity["id"] for entity in record["entities"]], one
        print(one["kind"], one["verb"], "|", who["type"], who["name"], "as", text[who["start"]:who["end"]] if who["start"] is not None else "in the title", "|", one["text"].replace("\n", " / "), "|", *one["themes"])
' shown
}
