# The same bytes for any number of threads, with the reference matcher too; failed documents keep their places.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
{
    for i in 1 2 3 4 5 6 7 8; do cat corpora/*.jsonl; echo "no JSON, $i"; done
    printf '{"id":"large","text":"'
    sed 's/[\\"]//g' README.md rules/README.md src/README.md | tr '\n' ' '
    printf '"}\n{"id":"last"}\n'
} > "$out/in.jsonl"
for engine in fast reference; do
    for threads in 1 2 3 7; do
        "$BUILD/attache" tag --errors-ok --engine $engine --threads $threads "$out/in.jsonl" corpora > "$out/$engine.$threads" 2> "$out/$engine.$threads.err" \
            && [ -s "$out/$engine.$threads" ] && cmp "$out/fast.1" "$out/$engine.$threads" && cmp "$out/fast.1.err" "$out/$engine.$threads.err" || exit 1
    done
done
[ "$(grep -c '"error"' "$out/fast.7")" -ge 9 ]
