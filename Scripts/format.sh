#!/bin/bash
# `format.sh` writes the house format; `format.sh --check` fails where a file differs from it. A line longer than 120 columns that the
# formatter cannot break (a long literal) is counted and named, not failed.
set -uo pipefail
cd "$(dirname "$0")/.."
files=(Sources Tests Package.swift)
if [ "${1:-}" != --check ]; then
    exec swift format --in-place --configuration .swift-format --recursive --parallel "${files[@]}"
fi
found=$(swift format lint --configuration .swift-format --recursive --parallel "${files[@]}" 2>&1 | grep -E ': (warning|error): ')
long=$(grep -c '\[LineLength\]' <<<"$found")
wrong=$(grep -v '\[LineLength\]' <<<"$found" | grep -v '^$')
[ "$long" -eq 0 ] || { echo "$long lines are longer than 120 columns"; grep '\[LineLength\]' <<<"$found"; }
[ -z "$wrong" ] || { echo "$wrong"; echo "run make format"; exit 1; }
