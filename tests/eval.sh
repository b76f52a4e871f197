#!/bin/sh
# eval.sh BUILD GOLD - scores the program against the development gold, where there is some: by `attache eval` and by the scorers
# that lie beside the gold, which must agree. Fails under the floors of tests/eval-floors.
set -eu
if [ ! -d "$2" ]; then
    cat >&2 <<X
*******************************************************************************
  eval: NOT RUN. There is no gold at $2
  Nothing was scored, no floor was checked. Say where it is: make eval GOLD=DIR
*******************************************************************************
X
    exit 0
fi
exec python3 tests/eval.py "$1" "$2" tests/eval-floors
