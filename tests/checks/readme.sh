# The README's example is what the program says: the text block goes in, the block behind it comes out.
awk '/^```text$/ { n = 1; next } /^```$/ { if (n == 1) exit; n = 0 } n == 1' README.md > "${TMPDIR:-/tmp}/attache-readme.$$"
awk '/^```annotated$/ { n = 1; next } /^```$/ { n = 0 } n == 1' README.md > "${TMPDIR:-/tmp}/attache-readme.$$.want"
"$BUILD/attache" tag --quiet --format inline --origin USA - < "${TMPDIR:-/tmp}/attache-readme.$$" | sed '1,2d;$d' > "${TMPDIR:-/tmp}/attache-readme.$$.got"
[ -s "${TMPDIR:-/tmp}/attache-readme.$$" ] && diff "${TMPDIR:-/tmp}/attache-readme.$$.want" "${TMPDIR:-/tmp}/attache-readme.$$.got"
status=$?
rm -f "${TMPDIR:-/tmp}/attache-readme.$$"*
exit $status
