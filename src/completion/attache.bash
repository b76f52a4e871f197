# Completion for bash: source this file, or put it into /usr/share/bash-completion/completions/attache. What there is to complete the
# program says itself: commands, options and formats are those of its --help.

# _attache_words PROGRAM COMMAND BEFORE: what may come behind the word BEFORE; nothing where files may.
_attache_words() {
    case $3 in
    -f | --format) "$1" "$2" --help | sed -n '/^Formats:/,/^[^ ]/s/^  \([a-z][^ ]*\) .*/\1/p' ;;
    --profile) "$1" "$2" --help | sed -n '/^Profiles:/,$s/^  \([a-z][^ ]*\) .*/\1/p' ;;
    --input-format) "$1" "$2" --help | sed -n 's/^Input formats: //p' | tr -d , ;;
    --offsets) echo codepoint byte utf16 ;;
    --duplicates) echo exact near ;;
    esac
}

_attache() {
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words
    if [ "$COMP_CWORD" = 1 ] || [ "$before" = help ]; then
        words="$("$program" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p') --help --version"
    elif [ "${word#-}" != "$word" ]; then
        words=$("$program" "$command" --help | sed -n 's/^ *\(-[a-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p')
    else
        words=$(_attache_words "$program" "$command" "$before")
    fi 2> /dev/null
    if [ -n "$words" ]; then mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"); else mapfile -t COMPREPLY < <(compgen -f -- "$word"); fi
}
complete -o filenames -F _attache attache
