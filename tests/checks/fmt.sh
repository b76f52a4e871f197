# The usual layout is one: done twice it is the same, whatever blanks and line ends a file had before; and the rules say what they said.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
attache=$(cd "$BUILD" && pwd)/attache
cp -r rules "$out/rules" && cp -r rules "$out/odd" && chmod -R u+w "$out"
find "$out/odd" -name '*.rules' | while read -r file; do
    sed 's/^  \([^ ]\)/     \1/; s/$/ \t\r/; s/^\(entry\|office\|topic\|rule\) /\1   /; s/^ *\r$/\n\r/' "$file" > "$file.odd" && mv "$file.odd" "$file"
done
cd "$out" || exit 1
"$attache" fmt rules > first && "$attache" fmt odd > /dev/null && diff -r rules odd > differ || { head -n 20 differ; exit 1; }
"$attache" fmt --check rules odd && "$attache" test --rules rules --quiet > said || { cat said; exit 1; }
"$attache" stats --rules rules --format json | sed 1d > after && (cd "$OLDPWD" && "$attache" stats --rules rules --format json) | sed 1d | cmp - after
