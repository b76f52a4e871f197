# Compiled rules make the same bytes as their text: those in the program, and those of a file.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
"$BUILD/gen/compiler" tag --quiet corpora > "$out/text" && [ -s "$out/text" ] \
    && "$BUILD/attache" tag --quiet corpora | cmp - "$out/text" \
    && "$BUILD/attache" compile rules -o "$out/rules.image" \
    && "$BUILD/attache" tag --quiet --rules rules corpora > "$out/folder" \
    && "$BUILD/attache" tag --quiet --rules "$out/rules.image" corpora | cmp - "$out/folder"
