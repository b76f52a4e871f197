# The same bytes for any number of threads, with the reference matcher too; failed documents keep their places.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
{
    for i in 1 2 3 4 5 6 7 8; do cat corpora/*.jsonl; echo "no JSON, $i"; done
    printf '{"id":"large","text":"'
    sed 's/[\\"]//g' README.md rules/README.md src/README.md | tr '\n' ' '
    printf '"}\n{"id":"last"}\n'
} > "$out/in.jsonl"
same() { # NAME OPTION...
    name=$1
    shift
    "$BUILD/attache" tag --errors-ok --statements "$@" "$out/in.jsonl" corpora > "$out/$name" 2> "$out/$name.err" && [ -s "$out/$name" ] \
        && cmp "$out/1" "$out/$name" && cmp "$out/1.err" "$out/$name.err" || exit 1
}
for threads in 1 2 3 7; do same $threads --threads $threads; done
[ -n "${FAST_ONLY:-}" ] || same reference --threads 3 --engine reference
[ "$(grep -c '"error"' "$out/7")" -ge 9 ]
