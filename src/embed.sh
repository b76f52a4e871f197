#!/bin/sh
# Writes an assembler file with the rule files named in $1 (a path a line, sorted) and a table of them:
# struct { const char *path; const char *bytes; uint64_t size; }, the last one with a NULL path.
set -eu
n=0
echo '.section .rodata'
while read -r path; do
    printf 'p%d: .asciz "%s"\nb%d: .incbin "%s"\ne%d: .byte 0\n' $n "${path#rules/}" $n "$path" $n
    n=$((n + 1))
done < "$1"
printf '.section .data.rel.ro,"aw"\n.balign 8\n.globl att_shipped_table\natt_shipped_table:\n'
i=0
while [ $i -lt $n ]; do
    printf '.quad p%d, b%d, e%d - b%d\n' $i $i $i $i
    i=$((i + 1))
done
printf '.quad 0, 0, 0\n.section .note.GNU-stack,"",%%progbits\n'
