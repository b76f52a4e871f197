# The editors' files know every word that a block or a line may begin with or does in the shipped rules, every class and every function; what is
# JSON is well-formed, and vim colours a rule where it is installed.
vim=src/editor/vim/syntax/attache.vim
code=src/editor/vscode/syntaxes/attache.tmLanguage.json
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
{
    find rules -name '*.rules' -exec sed -n 's/^ *\([a-z][a-z-]*\) .*/\1/p' {} +
    sed -n '/define ATT_BLOCK_KINDS/,/TEST/p' src/knowledge/blocks.h | grep -o '"[a-z -]*"' | tr -d '"' | tr ' ' '\n'
    sed -n 's/^    X([A-Z]*, "\([a-z]*\)").*/\1/p' src/model/token.h
    grep -o '{ "[a-z]*", ATT_VALUE_[A-Z]*, ' src/cascade/rule_value.c | cut -d'"' -f2
} | sort -u > "$out/words"
[ "$(wc -l < "$out/words")" -gt 70 ] || { echo "few words were found"; exit 1; }
for file in $vim $code; do
    grep -o '[a-z][a-z-]*' $file | sort -u | comm -23 "$out/words" - > "$out/unknown"
    [ ! -s "$out/unknown" ] || { echo "$file does not know:" $(cat "$out/unknown"); exit 1; }
done
find src/editor -name '*.json' | while read -r file; do
    $PYTHON -c 'import json, sys; json.load(open(sys.argv[1]))' "$file" || { echo "$file is no JSON"; exit 1; }
done || exit 1
command -v vim > /dev/null && vim --version | grep -q '+syntax' || { echo "SKIPPED: editor: no vim with syntax" >&2; exit 0; }
printf 'rule fleet\n  match    [cap] "Fleet"  # ships\n  make     AGENCY\n  # none\n' > "$out/x.rules"
printf 'set runtimepath^=%s\nsyntax on\nfiletype on\nedit %s\n' "$PWD/src/editor/vim" "$out/x.rules" > "$out/vimrc"
printf 'redir! > %s\n' "$out/said" >> "$out/vimrc"
for place in 1,1 2,3 2,13 2,18 2,28 3,12 4,4; do
    printf 'echo synIDattr(synID(%s, 1), "name")\n' "$place" >> "$out/vimrc"
done
printf 'redir END\nqall!\n' >> "$out/vimrc"
vim -u NONE -N -es -S "$out/vimrc" < /dev/null > "$out/errors" 2>&1
printf 'attacheKeyword attacheWord attacheClass attacheString attacheTail attacheLayer attacheComment ' > "$out/wanted"
tr '\n' ' ' < "$out/said" | sed 's/^ *//; s/$/ /; s/  */ /g' | cmp - "$out/wanted" || { cat "$out/said" "$out/errors"; exit 1; }
