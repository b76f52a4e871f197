# What other tools read says the same as the records: every format over all samples and an odd text; threads and shards give the same bytes.
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
printf 'caf\303\251 \360\237\230\200 met e\314\201: Japan\302\240and the\342\200\250United\r\nKingdom\tof \377\303 Great\r\n\r\nBritain, \357\273\277Seoul and China; 1\302\240000\343\200\200yen.\rU.S.-ROK\177\n' > "$out/odd.txt"
printf '{"id":"%s","text":"%s"}\n' 'a/../b: \u0001 c' 'Japan\u0000China \ud83d\ude00 the\u0085United\u000bStates, and the Republic of\tKorea' 'x' '' 'x y' 'Seoul' > "$out/odd.jsonl"
: > "$out/empty.txt"
set -- corpora "$out/odd.txt" "$out/odd.jsonl" "$out/empty.txt" "$out/nowhere.txt"
"$BUILD/attache" tag --quiet --errors-ok --text "$@" > "$out/jsonl"
bare() { LC_ALL=C sed "/^$(printf '\357\273\277')id,date,/d; s/^,{/{/; /^[][]\$/d" "$@" | LC_ALL=C sort; } # without what stands around records
for format in conll spacy prodigy doccano labelstudio officials-csv themes-csv mentions-csv statements-csv; do
    "$BUILD/attache" tag --quiet --errors-ok --threads 3 --format $format "$@" > "$out/$format"
    [ $? = 0 ] && "$BUILD/attache" tag --quiet --errors-ok --threads 1 --unbuffered --format $format "$@" | cmp - "$out/$format" || exit 1
    for i in 1 2 3; do "$BUILD/attache" tag --quiet --errors-ok --shard $i/3 --format $format --out "$out/$format-parts/" "$@" || exit 1; done
    bare "$out/$format-parts/"part-*.$(echo $format | tr - .) > "$out/sorted"
    bare "$out/$format" | cmp - "$out/sorted" || exit 1
done
"$BUILD/attache" eval --format json "$out/conll" > "$out/eval" || exit 1
# Pairs of files: the same for threads and shards, and for a run that is killed again and again, as rows are; three documents of
# each id.
pairs() { "$BUILD/attache" tag --quiet --errors-ok --format brat "$@"; }
same_pairs() { diff -r -x '*.brat' -x '*.journal' "$out/thrice" "$1"; }
pairs --out "$out/brat/" "$@" || exit 1
cat "$out/jsonl" "$out/jsonl" "$out/jsonl" > "$out/thrice.jsonl"
pairs --threads 3 --out "$out/thrice/" "$out/thrice.jsonl" || exit 1
for i in 1 2 3; do pairs --threads 1 --shard $i/3 --out "$out/shards/" "$out/thrice.jsonl" || exit 1; done
same_pairs "$out/shards" || exit 1
for format in labelstudio officials-csv; do
    "$BUILD/attache" tag --quiet --errors-ok --format $format "$out/thrice.jsonl" > "$out/thrice-$format"
done
"$PYTHON" tests/checks/formats.py "$BUILD/attache" "$out" || exit 1
for format in labelstudio officials-csv; do cmp "$out/thrice-$format" "$out/killed-$format" || exit 1; done
same_pairs "$out/killed" && cmp "$out/thrice/part-0001-of-0001.brat" "$out/killed/part-0001-of-0001.brat"
