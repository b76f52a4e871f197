# Each code of ISO 3166-1, and Kosovo, has a test in rules/countries/each.rules with its name, its adjective and its capital, or the reason
# why there is none.
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
sed '/^#/d; /^id	/d' rules/countries/data/countries.tsv | cut -f 1 | sort > "$work/codes"
awk -v seen="$work/seen" '
    function close_test() {
        if (code && !demonym) print code ": no adjective, and no reason"
        if (code && !capital) print code ": no capital, and no reason"
        code = ""; demonym = capital = 0
    }
    /^test/ { close_test() }
    /^  = COUNTRY .* code=/ { code = $0; sub(/.*code=/, "", code); print code > seen }
    /^  = DEMONYM/ || /^  # no adjective: ./ { demonym = 1 }
    /^  = LOCATION/ || /^  # no capital: ./ { capital = 1 }
    END { close_test() }
' rules/countries/each.rules > "$work/bad"
sort "$work/seen" | comm -23 "$work/codes" - | sed 's/$/: no test/' >> "$work/bad"
cat "$work/bad"
[ -s "$work/codes" ] && [ ! -s "$work/bad" ]
