#!/bin/sh
# install.sh BUILD PYTHON - what `make install` puts into place works from there: the program, a program linked with the shared library,
# the man page, completion; and, where the tools to make packages are, so does the package.
set -eu
build=$1
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
make --no-print-directory -s install BUILD="$build" DESTDIR="$out" PREFIX=/usr
usr=$out/usr
grep -q '^.TH ATTACHE' "$usr/share/man/man1/attache.1" && [ -s "$usr/share/bash-completion/completions/attache" ]

# tags PROGRAM: whether it finds a country in a text
tags() { echo 'They met in France.' | "$1" tag --quiet - | grep -q '"code":"FRA"'; }
tags "$usr/bin/attache"
echo "installed: the program"

cat > "$out/user.c" <<'C'
#include <attache.h>
#include <stdio.h>

int main(void)
{
    att_engine *engine;
    if (att_engine_new(&engine, NULL, NULL, NULL) != ATT_OK) return 1;
    puts(att_engine_digest(engine));
    att_engine_free(engine);
    return 0;
}
C
${CC:-cc} -I"$usr/include" -o "$out/user" "$out/user.c" -L"$usr/lib" -lattache
LD_LIBRARY_PATH=$usr/lib "$out/user" | grep -q sha256
echo "installed: header and shared library"

if ! command -v dpkg-buildpackage > /dev/null || ! command -v dh > /dev/null; then
    echo "SKIPPED: no debhelper or dpkg-dev: the Debian package was not made" >&2
    exit 0
fi
make --no-print-directory -s deb BUILD="$build" > "$out/log" 2>&1 || { tail -n 20 "$out/log"; exit 1; }
dpkg -x "$build"/attache_*.deb "$out/package"
tags "$out/package/usr/bin/attache"
echo "installed: the Debian package"
