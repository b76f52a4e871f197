# The lessons of rules/README.md load over the shipped rules, lint clean and pass their tests, which try each rule both ways.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
awk -v out="$out" '/^```rules$/ { n++; on = 1; next } /^```$/ { on = 0 } on { print > (out "/lesson" n ".rules") }' rules/README.md
[ -s "$out/lesson4.rules" ] || exit 1
for lesson in "$out"/*.rules; do
    "$BUILD/attache" lint --strict --with "$lesson" > "$out/said" && "$BUILD/attache" test --coverage --with "$lesson" --only "$(sed -n 's/^pack //p' "$lesson")" >> "$out/said" || { cat "$out/said"; exit 1; }
done
