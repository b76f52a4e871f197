# The tables of what the packs cover in rules/README.md are those of the packs, each figure within a twentieth.
out=$(mktemp) && trap 'rm -f "$out"' EXIT
"$BUILD/attache" stats --rules rules --format json > "$out" && "$PYTHON" tests/coverage.py "$out" rules/README.md
