#!/bin/sh
# deps.sh build|dev - installs the Debian packages that are missing, with apt-get where this user may, else prints the line to
# type and fails. Does nothing, and asks nothing, when all are there.
set -u
have() { command -v "$1" >/dev/null 2>&1; }
library() { have pkg-config && pkg-config --exists "$1"; }

missing=
need() { missing="$missing $1"; }
have make || need make
{ have cc || have gcc || have clang; } && printf '#include <stdlib.h>\n' | ${CC:-cc} -E - >/dev/null 2>&1 || need gcc libc6-dev
[ -n "$missing" ] && missing="$missing libc6-dev"
have pkg-config || need pkg-config
library libpcre2-8 || need libpcre2-dev
library libutf8proc || need libutf8proc-dev
library jansson || need libjansson-dev
library libmd || need libmd-dev
library zlib || need zlib1g-dev
library libxml-2.0 || need libxml2-dev
library libarchive || need libarchive-dev
library sqlite3 || need libsqlite3-dev
library cmocka || need libcmocka-dev
{ /usr/bin/python3 -c 'import jsonschema' || python3 -c 'import jsonschema'; } >/dev/null 2>&1 || need "python3 python3-jsonschema"
if [ "${1:-build}" = dev ]; then
    have clang-format || need clang-format
    have clang || need "clang libclang-rt-14-dev"
fi
[ -z "$missing" ] && exit 0

line="apt-get install -y --no-install-recommends$missing"
if ! have apt-get; then
    echo "missing:$missing (names of Debian packages); install them with your system's package manager" >&2
    exit 1
fi
sudo=
if [ "$(id -u)" != 0 ]; then
    if have sudo && sudo -n true 2>/dev/null; then
        sudo=sudo
    else
        printf 'These packages are missing; type this, then try again:\n\n    sudo %s\n\n' "$line" >&2
        exit 1
    fi
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq >/dev/null 2>&1
$sudo $line >/tmp/attache-deps.$$ 2>&1 || { cat /tmp/attache-deps.$$ >&2; rm -f /tmp/attache-deps.$$; exit 1; }
rm -f /tmp/attache-deps.$$
