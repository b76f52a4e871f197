#!/bin/sh
# run_cases.sh - runs the program from end to end: one folder, one case.
#
#   tests/run_cases.sh [AREA | AREA/NAME | NAME]...
#
# A case is tests/cases/AREA/NAME/ with
#   cmd               a shell snippet, run by sh in a copy of the folder
#   expected.out      standard output; without the file it must be empty
#   expected.err      standard error; likewise
#   expected.status   exit status; 0 without the file
# A line `...` in the expected output stands for any number of lines. A case that needs what this build does not have says so on
# standard error and ends with status 77: it is skipped, with that message.
#
# The snippet may use
#   $ATTACHE          the program (set it to run another one; default build/attache)
#   $CASES            tests/cases, for rules that cases share: cp -r "$CASES/shared/rules" .
#   $ROOT             the project
# UPDATE=1 writes what came out into the expected files of the cases that differ.
#
# Exit status: 0 if all passed, 1 if not.

ROOT=$(cd "$(dirname "$0")/.." && pwd) || exit 2
CASES=$ROOT/tests/cases
ATTACHE=${ATTACHE:-$ROOT/build/attache}
case $ATTACHE in /*) ;; *) ATTACHE=$PWD/$ATTACHE ;; esac
export ROOT CASES ATTACHE
LC_ALL=C TZ=UTC
export LC_ALL TZ
unset POSIXLY_CORRECT
umask 022
[ -x "$ATTACHE" ] || { echo "run_cases.sh: no program at $ATTACHE" >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/attache-cases.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
limit=
command -v timeout > /dev/null && limit='timeout 300'

# Does FILE match PATTERN, line by line, `...` for any number of lines? Goes back to the last `...` where it
# fits no longer, as a shell's `*` does.
matches() { # PATTERN FILE
    cmp -s "$1" "$2" && return 0
    grep -qxF ... "$1" || return 1
    awk '
        FNR == 1 { file++ }
        file == 1 { want[++wants] = $0; next }
        { got[++gots] = $0 }
        END {
            w = g = 1
            while (g <= gots) {
                if (w <= wants && want[w] == "...") { star = w++; from = g }
                else if (w <= wants && want[w] == got[g]) { w++; g++ }
                else if (star) { w = star + 1; g = ++from }
                else exit 1
            }
            while (w <= wants && want[w] == "...") w++
            exit w <= wants
        }' "$1" "$2"
}

# Compares one output of the case in $folder; with UPDATE=1 makes it the expected one.
compare() { # NAME DEFAULT
    expected=$folder/expected.$1
    [ -e "$expected" ] || { expected=$work/default; printf "$2" > "$expected"; }
    matches "$expected" "$work/$1" && return 0
    if [ -n "$UPDATE" ]; then
        if printf "$2" | cmp -s - "$work/$1"; then rm -f "$folder/expected.$1"
        else cp "$work/$1" "$folder/expected.$1"
        fi
        echo "updated: $name: $1"
        return 0
    fi
    echo "FAILED: $name: $1 (- expected, + got)"
    diff -u "$expected" "$work/$1" | tail -n +3 | cut -c 1-400 | head -n 60
    return 1
}

run_case() {
    rm -rf "$work/copy"
    cp -R "$folder" "$work/copy" || return 1
    (cd "$work/copy" && rm -f expected.* && exec $limit sh ./cmd) > "$work/out" 2> "$work/err" < /dev/null
    echo $? > "$work/status"
    if [ "$(cat "$work/status")" = 77 ]; then
        echo "SKIPPED: $name: $(tail -n 1 "$work/err")" >&2
        return 77
    fi
    good=1
    compare status '0\n' || good=0
    compare out '' || good=0
    compare err '' || good=0
    [ $good = 1 ]
}

wanted() { # NAME, then what was asked for
    [ $# -eq 1 ] && return 0
    name=$1
    shift
    for ask; do
        ask=${ask#tests/cases/}
        case $name in "${ask%/}" | "${ask%/}"/* | */"${ask%/}") return 0 ;; esac
    done
    return 1
}

passed=0 failed=0 skipped=0
for folder in "$CASES"/*/*/; do
    folder=${folder%/}
    name=${folder#"$CASES"/}
    [ -f "$folder/cmd" ] && wanted "$name" "$@" || continue
    run_case
    case $? in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
    esac
done
echo "cases: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
