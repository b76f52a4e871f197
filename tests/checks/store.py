"""store.py ATTACHE FOLDER - the store of all samples: it has what the records say, is the same however it came about, gives up a
document whole, refuses what is not its own, and stays whole when a run is killed, stopped or has no room."""
import gzip, json, os, re, resource, signal, sqlite3, subprocess, sys

attache, out = sys.argv[1:]
TINY = '{"schema":1,"id":"d%d","source":"s","date":null,"title":"t%d","lang":null,"offsets":"codepoint","rules":"sha256:%064d",' \
       '"text":"word%d ROK","mentions":[{"start":6,"end":9,"type":"COUNTRY","text":"ROK","entity":"KOR","rule":"p/r","line":"f:1"}],' \
       '"entities":[],"officials":[],"themes":[],"topics":[],"views":[],"countries":["KOR"],"about":[],"warnings":[]}\n'


def at(name):
    return os.path.join(out, name)


def run(*arguments, status=0, says="", **more):
    done = subprocess.run([attache, *arguments], capture_output=True, **more)
    told = done.stderr.decode()
    assert done.returncode == status, (arguments, done.returncode, told)
    assert says in told and bool(says) == bool(told), (arguments, told)
    return done.stdout


def store(name, *inputs, **more):
    run("store", *inputs, "-o", at(name), **more)


def tiny(*numbers):
    return "".join(TINY % (n, n, n % 3, n) for n in numbers).encode()


def ask(name, sql, *values):
    with sqlite3.connect(at(name), timeout=60) as file:
        rows = file.execute(sql, values).fetchall()
    file.close()
    return rows


def tables(name, shadows=True):
    """All rows of all tables, those behind the index of words too."""
    names = [n for n, in ask(name, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {n: ask(name, f"SELECT * FROM {n}") for n in names if n != "search" and (shadows or not n.startswith(("search_", "rules")))}


def check(name):
    """Whole, in SQLite's eyes and in ours. Returns the number of documents."""
    assert ask(name, "PRAGMA integrity_check") == [("ok",)] and ask(name, "PRAGMA foreign_key_check") == []
    ask(name, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    indexes, = ask(name, "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    assert indexes[0] in (0, 16)
    return ask(name, "SELECT count(*) FROM documents")[0][0]


# ---- what it has ----

records = run("tag", "-q", "--text", "--statements", "corpora")
open(at("records"), "wb").write(records)
documents = [json.loads(line) for line in records.splitlines()]
store("one", "corpora", "--threads", "1")
store("seven", "corpora", "--threads", "7")
store("read", at("records"))
store("piped", "-", input=records)
whole = tables("one")
for name in ("seven", "read", "piped"):
    assert tables(name) == whole, name
assert check("one") == len(documents) > 20


def rows(sql, doc):
    return ask("one", sql, doc)


for doc, record in enumerate(documents, 1):
    def column(part, *keys):
        return [tuple(item.get(key) for key in keys) for item in record[part]]
    assert rows("SELECT id, source, date, documents.title, lang, value, text FROM documents JOIN texts USING (doc) "
                "JOIN meta ON number = rules WHERE doc = ?", doc) \
        == [tuple(record[key] for key in ("id", "source", "date", "title", "lang", "rules", "text"))]
    assert rows("SELECT type, text, start, end, entity, code, country, country_by, name, line FROM mentions "
                "JOIN rules USING (rule) WHERE doc = ? ORDER BY n", doc) \
        == column("mentions", "type", "text", "start", "end", "entity", "code", "country", "country_by", "rule", "line")
    kept = {"type", "text", "start", "end", "byte_start", "byte_end", "entity", "code", "country", "country_by", "rule", "line"}
    assert [json.loads(f or "{}") for f, in rows("SELECT fields FROM mentions WHERE doc = ? ORDER BY n", doc)] \
        == [{k: v for k, v in m.items() if k not in kept} for m in record["mentions"]]
    assert sorted(rows("SELECT id, type, name, code, country, parent, mentions FROM entities WHERE doc = ?", doc), key=str) \
        == sorted(column("entities", "id", "type", "name", "code", "country", "parent", "mentions"), key=str)
    assert rows("SELECT name, title, agency, agency_id, country, office, status, entity, start, end, rule FROM officials "
                "WHERE doc = ? ORDER BY n", doc) \
        == column("officials", "name", "title", "agency", "agency_id", "country", "office", "status", "entity", "start", "end", "rule")
    assert rows("SELECT theme, topic, role, label, score, document_topic, modality FROM themes WHERE doc = ? ORDER BY n", doc) \
        == column("themes", "theme", "topic", "role", "label", "score", "document_topic", "modality")
    assert rows("SELECT theme, n, start, end, text, trigger, rule FROM evidence WHERE doc = ? ORDER BY theme, n", doc) \
        == [(t, n, *(e[key] for key in ("start", "end", "text", "trigger", "rule")))
            for t, theme in enumerate(record["themes"], 1) for n, e in enumerate(theme["evidence"], 1)]
    assert rows("SELECT theme, actor FROM theme_actors WHERE doc = ?", doc) \
        == sorted((t, actor) for t, theme in enumerate(record["themes"], 1) for actor in theme["actors"])
    assert rows("SELECT kind, verb, speaker, title, agency, country, start, end, text, rule FROM statements WHERE doc = ? ORDER BY n", doc) \
        == [(s["kind"], s["verb"], *(s["speaker"][key] for key in ("entity", "title", "agency", "country")), s["start"], s["end"], s["text"], s["rule"]) for s in record["statements"]]
    assert rows("SELECT statement, theme, topic FROM statement_themes WHERE doc = ?", doc) \
        == sorted((n, t, t.split("/")[0]) for n, s in enumerate(record["statements"], 1) for t in s["themes"])
    said = rows("SELECT n, entity, officials.start FROM officials WHERE doc = ? ORDER BY n", doc)
    for (official,), s in zip(rows("SELECT official FROM statements WHERE doc = ? ORDER BY n", doc), record["statements"]):
        his = [(n, start) for n, entity, start in said if entity == s["speaker"]["entity"]]
        before = [n for n, start in his if start <= (s["speaker"]["end"] or 0)]
        assert official == (before[-1] if before else his[0][0] if his else None)
    assert [t for t, in rows("SELECT topic FROM topics WHERE doc = ? ORDER BY rank", doc)] == record["topics"]
    assert [c for c, in rows("SELECT country FROM countries WHERE doc = ? AND about ORDER BY about", doc)] == record["about"]
    assert {c for c, in rows("SELECT country FROM countries WHERE doc = ?", doc)} == {*record["countries"], *record["about"]}
    assert [v for v, in rows("SELECT view FROM views WHERE doc = ?", doc)] == sorted(record["views"])

# Places are code points: they give the words; who stands where is near what is said to be near.
assert ask("one", "SELECT count(*) FROM mentions JOIN texts USING (doc) WHERE substr(texts.text, start + 1, end - start) <> mentions.text "
                  "AND instr(mentions.text, char(10)) = 0 AND instr(mentions.text, ' ')= 0") == [(0,)]
near = ask("one", "SELECT doc, official, theme, evidence, start, end, distance, same_paragraph FROM near")
assert len(near) > 100
wanted = set()
for doc, record in enumerate(documents, 1):
    for o, official in enumerate(record["officials"], 1):
        places = [official] + [m for m in record["mentions"] if m["entity"] == official["entity"]]
        for t, theme in enumerate(record["themes"], 1):
            gaps = [max(e["start"] - p["end"], p["start"] - e["end"], 0) for e in theme["evidence"] for p in places]
            if min(gaps) <= 1000:
                wanted.add((doc, o, t, min(gaps)))
assert {(doc, o, t, distance) for doc, o, t, _, _, _, distance, _ in near} == wanted
for doc, o, t, e, start, end, distance, same in near:
    record = documents[doc - 1]
    evidence = record["themes"][t - 1]["evidence"][e - 1]
    between = record["text"][min(start, evidence["start"]):max(start, evidence["start"])]
    assert distance == max(evidence["start"] - end, start - evidence["end"], 0)
    if re.search(r"\n[ \t\r]*\n", record["text"]):
        assert same == (not re.search(r"\n[ \t\r]*\n", between)), between
assert {same for *_, same in near} == {0, 1}

# The questions of the README, each with an answer; the SQL that --schema prints is that of the file.
questions = re.search(r"```sql\n(.*?)```", open("README.md", encoding="utf-8").read(), re.S)[1].strip().split(";\n")
assert len(questions) == 6
for question in questions:
    assert ask("one", question), question
for view in ("searched", "who_about_what", "who_said_what", "officials_by_country", "themes_by_month", "actors_by_topic"):
    assert ask("one", f"SELECT * FROM {view}"), view
printed = sqlite3.connect(":memory:")
printed.executescript(run("store", "--schema").decode())
assert set(printed.execute("SELECT name, sql FROM sqlite_master")) == set(ask("one", "SELECT name, sql FROM sqlite_master"))

# ---- adding ----

# Other words under the same ids, then the first ones again: nothing of the others is left.
changed = [dict(d, title="Zzyzx", text="Qwxz " + d["text"], topics=["zzyzx"], views=["zzyzx"], rules="sha256:" + "0" * 64) for d in documents]
store("again", "-", input="".join(json.dumps(d) + "\n" for d in changed).encode())
assert len(ask("again", "SELECT rowid FROM search WHERE search MATCH 'qwxz AND zzyzx'")) == len(documents)
store("again", at("records"), says=f"{len(documents)} documents took the place of ones with the same ids")
assert check("again") == len(documents)
left, fresh = tables("again", False), tables("one", False)
for rows in (left, fresh):  # what is numbered as it first came: rules by their digests, rules by their lines
    del rows["meta"]
    rows["documents"] = [row[:-1] for row in rows["documents"]]
assert left == fresh
assert ask("again", "SELECT key, count(*) FROM meta GROUP BY key") == [("attache", 1), ("record", 1), ("rules", 1), ("store", 1)]
assert ask("again", "SELECT * FROM search WHERE search MATCH 'qwxz OR zzyzx'") == []
words = "SELECT id FROM search JOIN documents ON doc = search.rowid WHERE search MATCH ? ORDER BY id"
for word in ("korea", '"ministry of foreign affairs"', "cyber*"):
    assert ask("again", words, word) == ask("one", words, word) != []

# Records without their texts: evidence is searched, and taken out again.
store("bare", "-", input=run("tag", "-q", "corpora"))
assert ask("bare", "SELECT count(*) FROM texts") == [(0,)] and ask("bare", "SELECT count(*) FROM near WHERE same_paragraph IS NOT NULL") == [(0,)]
assert ask("bare", words, '"cyber threats"') and ask("bare", "SELECT passage, evidence FROM who_about_what WHERE distance = 0 LIMIT 1")[0][0] is None
assert check("bare") == len(documents)
store("bare", at("records"), says="took the place")
assert check("bare") == len(documents) and tables("bare")["texts"] == whole["texts"]

# Inputs one after the other, records and documents, in order; an empty file becomes a store.
open(at("mixed"), "w").close()
open(at("a.txt"), "w").write("Seoul, ROK\n")
open(at("b.jsonl.gz"), "wb").write(gzip.compress(tiny(1, 2)))
store("mixed", at("a.txt"), at("b.jsonl.gz"), at("a.txt"), "-", input=tiny(3), says="1 document took the place of one with the same id")
assert [i for i, in ask("mixed", "SELECT id FROM documents ORDER BY doc")] == [at("a"), "d1", "d2", "d3"]
store("named", "--input-format", "jsonl", input=b'{"id":"x","text":"Seoul"}\n')
assert ask("named", "SELECT id FROM documents") == [("x",)]
os.mkfifo(at("pipe"))
writer = subprocess.Popen(["cp", at("b.jsonl.gz"), at("pipe")])
store("named", at("pipe"))
assert writer.wait() == 0 and [i for i, in ask("named", "SELECT id FROM documents ORDER BY doc")] == ["x", "d1", "d2"]

# ---- bad input ----

lines = [tiny(1), b'{"schema":1,"id":"cut', b'{"schema":2,"id":"other"}', b'{"schema":1,"id":"\\ud800"}', b"a\0b", tiny(2), b'[1]', b'{"id":"x"}',
         tiny(3).replace(b'"codepoint"', b'"byte"'), tiny(4).replace(b"word4", b"\\u0000ord4"), b"\xff\xfe", b"", b'{"schema":1}',
         b'{"schema":1,"id":"damaged","offsets":"codepoint","themes":[{"actors":["A"],"evidence":[{"start":9,"end":1},{}]}]}',
         b'{"schema":1,"id":"odd","offsets":"codepoint","mentions":[],"entities":[{"id":"e1"},{"id":"e1"},{}],"officials":[{}],"themes":[{"actors":[1,"A","A"]}],'
         b'"topics":["t","t",2],"about":["KOR"],"countries":["KOR","KOR"]}',
         json.dumps(dict(json.loads(tiny(5)), id="'; DROP TABLE documents; --", title='"x\'', text="it's in ROK")).encode()]
store("bad", "-", input=b"\n".join(line.strip() for line in lines), status=3, says="10 lines are no record and were left out")
assert check("bad") == 5
assert sorted(i for i, in ask("bad", "SELECT id FROM documents")) == ["'; DROP TABLE documents; --", "d1", "d2", "d4", "odd"]
assert ask("bad", "SELECT substr(text, 1, 4), length(text) FROM texts JOIN documents USING (doc) WHERE id = 'd4'") == [("\ufffdord", 9)]
store("bad", "-", input=lines[1], status=3, says="standard input:1: not JSON")
failed = b'{"schema":1,"id":"%s","source":"f","error":{"code":"E003","message":"no text"}}\n'
store("bad", "-", input=failed % b"new" + failed % b"d1")
assert ask("bad", "SELECT id, code, message FROM errors") == [("d1", "E003", "no text"), ("new", "E003", "no text")] and check("bad") == 5
store("bad", "-", input=tiny(1), says="took the place")
assert ask("bad", "SELECT id FROM errors") == [("new",)]
# A null is no failure. A mention of more than 1,000 code points ends where it ends.
store("null", "-", input=tiny(1).replace(b'"id"', b'"error":null,"id"', 1))
assert ask("null", "SELECT count(*) FROM errors") == [(0,)] and ask("null", "SELECT id FROM documents JOIN texts USING (doc)") == [("d1",)]
long = dict(json.loads(tiny(1)), text="word1 ROK" + " x" * 1000, officials=[{"name": "R", "start": 0, "end": 1500}], themes=[{"theme": "t", "evidence": [{"start": 1600, "end": 1610, "text": "x"}]}])
store("long", "-", input=json.dumps(long).encode() + b"\n")
assert ask("long", 'SELECT start, "end", distance FROM near') == [(0, 1500, 100)], ask("long", "SELECT * FROM near")
store("bad", at("nowhere"), status=3, says="1 of 1 document failed")
store("bad", at("nowhere"), "-q", "--errors-ok")

os.mkdir(at("empty"))
store("bad", at("empty"), says="there was no document to read")
store("bad", at("one"), status=3, says="E004 an SQLite database, which is no text")

# ---- files that are none of ours ----

def refused(path, status, says, *inputs, **more):
    before = open(path, "rb").read() if os.path.isfile(path) else None
    run("store", *(inputs or ("-",)), "-o", path, status=status, says=says, **{"input": tiny(1), **more})
    assert before is None or (open(path, "rb").read() == before and not os.path.exists(path + "-journal"))

foreign = sqlite3.connect(at("foreign"))
foreign.executescript("CREATE TABLE documents (x); INSERT INTO documents VALUES (1)")
foreign.close()
other = open(at("one"), "rb").read()
open(at("newer"), "wb").write(other[:60] + b"\0\0\0\4" + other[64:])
open(at("text"), "w").write("Notes of a meeting.\n")
open(at("half"), "wb").write(other[:70])
refused(out, 2, "it is a folder")
refused("/dev/null", 2, "it is no regular file")
refused(at("foreign"), 2, "another program's database")
refused(at("text"), 2, "another kind of file")
refused(at("half"), 2, "another kind of file")
refused(at("newer"), 2, "of version 4, and this one writes version 3")
refused(at("a.txt"), 2, "would take the place of", at("a.txt"))
refused("-", 2, "name it with --out FILE")
refused(at("no/folder"), 2, "its folder is not there")
assert not os.path.exists("-")
run("store", status=2, says="name it with --out FILE", input=b"")
open(at("bad.rules"), "w").write("pack x\nrule\n")
run("store", "--with", at("bad.rules"), at("a.txt"), "-o", at("never"), status=1, says="no document was read")
assert not os.path.exists(at("never"))
os.symlink("linked-to", at("link"))
store("link", "-", input=tiny(1))
assert check("linked-to") == 1 and os.path.islink(at("link"))

# ---- two at once; killed, stopped, no room ----

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it in the background, and so would what is started


def start(name, *arguments):
    return subprocess.Popen([attache, "store", *arguments, "-o", at(name)], stdin=subprocess.PIPE, stderr=subprocess.PIPE)

first = start("shared", "-")
while not os.path.exists(at("shared")) or not os.path.getsize(at("shared")):  # it is locked before anything is written
    assert first.poll() is None
second = subprocess.run([attache, "store", "-o", at("shared")], input=b"", capture_output=True)
assert second.returncode == 4 and b"another run of attache is writing to it" in second.stderr, second
assert first.communicate(tiny(1, 2, 3))[1] == b"" and first.returncode == 0 and check("shared") == 3

ALL = 7000
store("unbroken", "-", input=tiny(*range(ALL)))
assert check("unbroken") == ALL


def committed(name):
    try:
        return ask(name, "SELECT count(*) FROM documents")[0][0]
    except sqlite3.OperationalError:
        return 0


def broken(name, number, most):
    """A run that waits for input behind `most` documents and gets the signal when some are in the file for good."""
    process = start(name, "-")
    process.stdin.write(tiny(*range(most)))
    process.stdin.flush()
    while committed(name) < 2000:
        assert process.poll() is None
    process.send_signal(number)
    told = process.stderr.read().decode()
    return process.wait(), told


status, told = broken("killed", signal.SIGKILL, 6500)
count = check("killed")
assert status == -9 and count >= 2000 and count % 2000 == 0, (status, count)
assert ask("killed", "SELECT count(*) FROM documents JOIN texts USING (doc) JOIN mentions USING (doc) JOIN countries USING (doc)") == [(count,)]
store("killed", "-", input=tiny(*range(count, ALL)))
assert check("killed") == ALL and tables("killed", False) == tables("unbroken", False)

hot = 0
for turn in range(4):  # while it writes: what it left half done is undone by who comes next
    process = start("torn", "-")
    process.stdin.write(tiny(*range(turn * 2500, turn * 2500 + 2400)))
    process.stdin.flush()
    while process.poll() is None and not os.path.exists(at("torn-journal")):
        pass
    process.kill()
    process.wait()
    hot += os.path.exists(at("torn-journal")) and os.path.getsize(at("torn-journal")) > 0
    store("torn", "-", input=tiny(99999), says="took the place" if turn else "")
    assert (check("torn") - 1) % 2000 == 0
for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
    name = f"stopped{code}"
    status, told = broken(name, number, 6500)
    assert status == code, (status, told)
    assert re.search(r"stopped by SIG(INT|TERM); (\d+) documents of this run are in", told)[2] == str(check(name)), told
    assert not os.path.exists(at(name + "-journal"))


def small():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))


done = subprocess.run([attache, "store", "-", "-o", at("full")], input=tiny(*range(ALL)), capture_output=True, preexec_fn=small)
count = check("full")
assert done.returncode == 4 and count % 2000 == 0, done
told = f"; {count} documents of this run are in it\n" if count else "\n"
assert done.stderr.decode().startswith(f"attache: cannot write {at('full')}: ") and done.stderr.decode().endswith(told), done
store("full", "-", input=tiny(*range(count, ALL)))
assert check("full") == ALL and tables("full", False) == tables("unbroken", False)
