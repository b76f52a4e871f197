# The store of `attache store`: what store.py says. Left out, loudly, where the program was built without SQLite.
if ! "$BUILD/attache" --version | sed -n 's|^built with \(.*\)|, \1,|p' | grep -q ', SQLite,'; then
    echo "SKIPPED: store: built without SQLite" >&2
    exit 0
fi
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
"$PYTHON" tests/checks/store.py "$BUILD/attache" "$out"
