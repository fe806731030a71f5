#!/bin/bash
# The walls and habits of the project, and a build of our targets in which a warning is an error.
# `lint.sh --no-build` leaves the build to the caller. Closes with `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")/.."
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# run NAME COMMAND… : a check that prints `N passed, N failed` counts with its figures, any other as one.
run() {
    local name=$1 counts good bad
    shift
    local code=0
    "$@" >"$log" 2>&1 || code=$?
    counts=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    if [ -n "$counts" ]; then
        good=${counts%% *} bad=$(echo "$counts" | awk '{print $3}')
    else
        good=1 bad=0
    fi
    if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1 good=0; fi
    passed=$((passed + good)) failed=$((failed + bad))
    echo "lint $name: $good good, $bad bad"
    [ "$bad" -eq 0 ] || sed 's/^/    /' "$log" | head -n 120
}

run architecture python3 Scripts/check_architecture.py
run forbidden python3 Scripts/check_forbidden.py
run requirements python3 Scripts/check_requirements.py
run "lints themselves" python3 Scripts/check_lints.py
run shell bash -c 'for script in Scripts/*.sh .ci/run; do bash -n "$script" || exit 1; done'
# The modules have to parse; what they do is tested in Tests/js and in the browser.
modules() {
    find Sources/ClinicWeb/Resources/public/js Tests/js -name '*.js' -o -name '*.mjs' | while read -r file; do
        node --check --input-type=module <"$file" || { echo "$file"; return 1; }
    done
}
run javascript modules
run format Scripts/format.sh --check
[ "${1:-}" = --no-build ] || run warnings env MENYA_STRICT=1 swift build --build-tests

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
