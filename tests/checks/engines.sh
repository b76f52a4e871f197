# The fast matcher and the reference make the same bytes of every sample document.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
"$BUILD/attache" tag --quiet --statements --engine fast corpora > "$out/fast" \
    && "$BUILD/attache" tag --quiet --statements --engine reference corpora > "$out/reference" && [ -s "$out/fast" ] \
    && cmp "$out/fast" "$out/reference"
