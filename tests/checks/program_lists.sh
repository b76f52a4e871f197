# rules/README.md names each list that the program itself reads (ATT_PROGRAM_LISTS in knowledge/lists.h).
missing=0
for list in $(sed -n '/define ATT_PROGRAM_LISTS/,/^$/s/.*X([A-Z_]*, "\([^"]*\)").*/\1/p' src/knowledge/lists.h); do
    grep -q "\`$list\`" rules/README.md || { echo "rules/README.md: the list $list, which the program reads, is not named" && missing=1; }
done
exit $missing
