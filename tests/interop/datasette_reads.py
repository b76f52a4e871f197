"""datasette_reads.py STORE - every table and view of a store has a page with labels, and the index of words is searched."""
import json, sqlite3, subprocess, sys

store = sys.argv[1]


def get(path):
    done = subprocess.run([sys.executable, "-m", "datasette", store, "--get", path], capture_output=True, text=True)
    assert done.returncode == 0, (path, done.stdout[-400:], done.stderr[-400:])
    return json.loads(done.stdout)


names = [name for name, in sqlite3.connect(store).execute(
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'search_%'")]
assert len(names) > 20
for name in names:
    rows = get(f"/notes/{name}.json?_labels=on&_shape=array&_size=3")
    assert rows or name in ("warnings", "errors"), name
assert get("/notes/documents.json?_fts_table=search&_fts_pk=doc&_search=korea&_shape=array")
