#!/bin/sh
# run.sh - every test: units, texts by table, cases, the tests in the rules, the README's example, the schema.
# BUILD and PYTHON come from make.
set -u
BUILD=${BUILD:-build}
PYTHON=${PYTHON:-python3}
passed=0
failed=0

# The cases take about as long as all the rest, beside which they run.
said=$(mktemp "${TMPDIR:-/tmp}/attache-cases-said.XXXXXX") || exit 2
ATTACHE=$BUILD/attache sh tests/run_cases.sh > "$said" 2>&1 &
trap 'rm -f "$said"' EXIT
trap 'kill $!; exit 130' INT
trap 'kill $!; exit 143' TERM

# result NAME STATUS
result() {
    if [ "$2" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}

for unit in "$BUILD"/unit/test_*; do
    [ -x "$unit" ] && [ "${unit%.d}" = "$unit" ] || continue
    out=$("$unit" 2>&1)
    status=$?
    tests=$(printf '%s\n' "$out" | sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' | head -n 1)
    bad=$(printf '%s\n' "$out" | grep -c '^\[  FAILED  \] .*[a-z]' | head -n 1)
    cases=$(printf '%s\n' "$out" | sed -n 's/^\([0-9]*\) text cases$/\1/p')
    passed=$((passed + ${tests:-0} + ${cases:-0}))
    if [ $status != 0 ]; then
        printf '%s\n' "$out"
        failed=$((failed + 1))
        echo "FAILED: $unit ($bad lines above)"
    fi
done

out=$("$BUILD/attache" test --rules rules --quiet 2>&1)
counts=$(printf '%s\n' "$out" | sed -n 's/^\([0-9]*\) tests* passed, \([0-9]*\) failed, .*/\1 \2/p')
if [ -n "$counts" ]; then
    printf '%s\n' "$out" | sed '$d'
    passed=$((passed + ${counts% *}))
    failed=$((failed + ${counts#* }))
else
    printf '%s\n' "$out"
    result "attache test --rules rules" 1
fi

for check in tests/checks/*.sh; do
    BUILD=$BUILD PYTHON=$PYTHON sh "$check"
    result "$check" $?
done

wait
grep -v '^cases:' "$said"
counts=$(sed -n 's/^cases: \([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$said")
passed=$((passed + ${counts% *}))
failed=$((failed + ${counts#* }))

echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
