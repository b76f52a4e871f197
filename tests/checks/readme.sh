# The README's examples are what the program says: the text block goes in, the block behind it comes out.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
block() { awk -v name="$1" '$0 == "```" name { n = 1; next } /^```$/ { if (n) exit } n' README.md; }
block text > "$out/text" && block annotated > "$out/want"
"$BUILD/attache" tag --quiet --format inline --origin USA - < "$out/text" | sed '1,2d;$d' > "$out/got"
[ -s "$out/text" ] && diff "$out/want" "$out/got" || exit 1
fields() { "$BUILD/attache" tag --quiet --format "$1" --origin USA - < "$out/text" | cut -d, -f"$2" | tr -d '\r'; }
block officials > "$out/want" && fields officials-csv 3-5,7 > "$out/got"
[ -s "$out/want" ] && diff "$out/want" "$out/got" || exit 1
block themes > "$out/want" && fields themes-csv 3,6 > "$out/got"
[ -s "$out/want" ] && diff "$out/want" "$out/got" || exit 1
block said-text > "$out/note.txt" && block said > "$out/want"
"$BUILD/attache" tag --quiet --format statements-csv "$out/note.txt" | sed "s|^\xef\xbb\xbf||; s|^$out/||; s|\r$||; s|\(,[^,]*\)\{4\}$||" > "$out/got"
[ -s "$out/want" ] && diff "$out/want" "$out/got"
