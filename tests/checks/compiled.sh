# Compiled rules make the same bytes as their text: those in the program, and those of a file. They keep no address of the
# program, which lies elsewhere in the next process.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
"$BUILD/gen/compiler" tag --quiet corpora > "$out/text" && [ -s "$out/text" ] \
    && "$BUILD/attache" tag --quiet corpora | cmp - "$out/text" \
    && "$BUILD/attache" compile rules -o "$out/rules.image" \
    && "$BUILD/attache" compile rules -o "$out/again.image" && cmp "$out/rules.image" "$out/again.image" \
    && "$BUILD/attache" tag --quiet --rules rules corpora > "$out/folder" \
    && "$BUILD/attache" tag --quiet --rules "$out/rules.image" corpora | cmp - "$out/folder"
