# show.sh - for cases with pages: `show FILE...` prints the facts and the text that are read of each.
# Without libxml2 the case is skipped, loudly.
cp -r "$CASES/shared/rules" .
. "$CASES/shared/needs.sh"
needs libxml2
show() {
    for page; do
        "$ATTACHE" tag --rules rules --text "$page" > record
        sed -e 's/^{"schema":1,\(.*\),"offsets":.*/== \1/' -e 's/,"source":"[^"]*"//' record
        sed -e 's/.*"rules":"sha256:[0-9a-f]*","text":"//' -e 's/","mentions":\[.*//' -e 's/\\n/\n/g' -e 's/\\"/"/g' record
        grep -o '"warnings":\[{.*' record || :
    done
}
