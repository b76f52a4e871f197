# Who may include whom: tests/layers.txt, then the sources. Also: which room alone includes which library; jansson: one room of a floor.
function path_of(name) { split(name, path, "/"); return " of " path[2] }
FNR == NR { floor = $1; sub(/:/, "", floor); for (i = 2; i <= NF; i++) allowed[floor, $i] = 1; next }
/^#include "[a-z]+\// {
    split(FILENAME, path, "/"); split($2, target, /["\/]/)
    if (target[2] != path[2] && !((path[2], target[2]) in allowed)) {
        printf "%s:%d: %s may not include %s\n", FILENAME, FNR, path[2], target[2]; bad = 1
    }
}
/^#include <(libxml\/[A-Za-z]+|pcre2|utf8proc|jansson|sha256|sqlite3)\.h>/ {
    library = $2 ~ /jansson/ ? $2 path_of(FILENAME) : $2 ~ /libxml/ ? "libxml2" : $2
    if (library in room && room[library] != FILENAME) {
        printf "%s:%d: %s is included by %s alone\n", FILENAME, FNR, library, room[library]; bad = 1
    }
    room[library] = FILENAME
}
END { exit bad }
