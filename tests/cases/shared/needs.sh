# needs.sh - for cases that take a library that a build may leave out: `needs libarchive` skips the case, loudly, where it was.
needs() {
    "$ATTACHE" --version | sed -n 's/^built with \(.*\)/, \1,/p' | grep -q ", $1," && return
    echo "this build has no $1" >&2
    exit 77
}
