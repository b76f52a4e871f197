# Completion for bash gives what the program has: commands, options, formats, and files elsewhere.
command -v bash > /dev/null || { echo "SKIPPED: completion: no bash" >&2; exit 0; }
ATTACHE=$BUILD/attache bash -c '
set -u
. src/completion/attache.bash
status=0
# expect WANTED WORD...: the words behind the program, the last one being completed
expect() {
    local wanted=$1
    shift
    COMP_WORDS=("$ATTACHE" "$@") COMP_CWORD=$# COMPREPLY=()
    _attache
    [ "${COMPREPLY[*]}" = "$wanted" ] || { echo "$*: ${COMPREPLY[*]} (wanted: $wanted)"; status=1; }
}
expect "tag test" t
expect "profile" prof
expect "--max-topics --max-bytes" tag --max-
expect "--version" --v
expect "inline" tag --format in
expect "markdown" tag --input-format m
expect "re3d" tag --profile r
expect "codepoint" tag --offsets c
expect "text json" diff --format ""
expect "country" stats --by c
expect "gate" import --from g
expect "lists" tag --until li
expect "exact near" store --duplicates ""
expect "export" rules ""
expect "Makefile" tag --out Makef
expect "Makefile" tag --text Makef
expect "profile" help prof
expect "corpora/README.md" tag corpora/READ
expect "--strict" lint --str
exit $status'
