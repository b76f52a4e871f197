# Where memory is short, a command has its whole rules or says so and ends with 4: none runs without them.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
echo 'Foreign Minister Jane Roe of Chile spoke.' > "$out/doc.txt"
"$BUILD/attache" tag "$out/doc.txt" > "$out/whole" 2> "$out/err" || exit 1
"$BUILD/attache" compile rules -o "$out/rules.image" || exit 1
mkdir "$out/with" && printf 'list odd\n  "oddment"\n' > "$out/with/odd.rules"
[ "$(uname -s)" = Linux ] || exit 0

# ends_well KILOBYTES COMMAND...
ends_well() {
    room=$1
    shift
    (ulimit -v "$room" && exec "$@") > "$out/out" 2> "$out/err"
    status=$?
    [ "$status" = 0 ] && return 0
    [ "$status" = 3 ] && grep -q "E005 not enough memory" "$out/err" && return 0 # a document asks for more
    [ "$status" = 4 ] && grep -q memory "$out/err" && [ ! -s "$out/out" ] && return 0
    echo "$room kB: $* ends with $status"
    cat "$out/err"
    return 1
}

for room in 70000 80000 82000 84000 86000 88000 90000 91000 95000 100000 120000 150000 200000; do
    (ulimit -v $room && exec "$BUILD/attache" --help) > "$out/out" 2>&1 || continue # the libraries do not find room
    ends_well $room "$BUILD/attache" tag --threads 1 "$out/doc.txt" || exit 1
    [ "$status" != 0 ] || cmp "$out/out" "$out/whole" || exit 1
    ends_well $room "$BUILD/attache" tag --threads 1 --rules "$out/rules.image" "$out/doc.txt" || exit 1
    ends_well $room "$BUILD/attache" tag --threads 1 --with "$out/with" "$out/doc.txt" || exit 1
    ends_well $room "$BUILD/attache" explain "$out/doc.txt" || exit 1
    ends_well $room "$BUILD/attache" rules export "$out/rules$room" || exit 1
done
