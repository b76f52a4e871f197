# The same bytes out, twice, from file and standard input, in any locale.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
"$BUILD/attache" tag --quiet corpora > "$out/one" && LC_ALL=C TZ=Asia/Seoul "$BUILD/attache" tag --quiet corpora > "$out/two" \
    && cmp "$out/one" "$out/two" || exit 1
"$BUILD/attache" tag --quiet corpora/briefs.jsonl | sed 's/"source":"[^"]*"/"source":""/' > "$out/file"
"$BUILD/attache" tag --quiet --input-format jsonl - < corpora/briefs.jsonl | sed 's/"source":"[^"]*"/"source":""/' > "$out/stdin"
[ -s "$out/one" ] && [ -s "$out/file" ] && cmp "$out/file" "$out/stdin"
