# Completion for bash: source this file, or put it into /usr/share/bash-completion/completions/attache. What there is to complete the
# program says itself: commands, options and formats are those of its --help.

# _attache_words PROGRAM COMMAND BEFORE: what may come behind the word BEFORE; nothing where files may. An option that is given nothing
# says what it knows.
_attache_words() {
    case $2\ $3 in
    rules\ rules) echo export ;;
    *\ --until) "$1" "$2" --until ? 2>&1 < /dev/null ;;
    *\ -*) "$1" "$2" "$3" '' 2>&1 < /dev/null ;;
    esac | sed -n 's/^export$/&/p; s/.*\(it knows\|the stages are\) //p' | tr -d ,
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
