#!/bin/bash
# Everything that has to hold, in one run: packages, front-end files, build, lints, Swift tests on both engines and under three
# time zones, JavaScript tests, journeys in a browser. Closes with `N passed, N failed`; a piece that is missing has failed.
set -uo pipefail
cd "$(dirname "$0")/.."
out=.build/test-results
mkdir -p "$out"
rm -f "$out"/*
passed=0 failed=0 postgres=

finish() {
    [ -z "$postgres" ] || Scripts/test-postgres.sh stop >/dev/null 2>&1
    echo
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && exit 0
    exit 1
}
trap 'failed=$((failed + 1)); finish' INT TERM HUP

count() { passed=$((passed + $1)) failed=$((failed + $2)); }
begin() { title=$1 started=$SECONDS; echo "== $title"; }
end() { echo "== $title: $1 ($((SECONDS - started)) s)"; }

# need TITLE COMMAND… : a step without which nothing else makes sense.
need() {
    begin "$1"
    shift
    if "$@" >"$out/step.log" 2>&1; then
        end ready
    else
        tail -n 60 "$out/step.log"
        count 0 1
        end failed
        finish
    fi
}

# swift_tests NAME ZONE [--filter …] : runs the built tests and adds up their report.
swift_tests() {
    local name=$1 zone=$2 report="$out/swift-$1.xml" code=0 good bad must=()
    shift 2
    [ $# -eq 0 ] || must=(--must-match Scripts/timezone-suites.txt)
    begin "swift tests, TZ=$zone"
    TZ=$zone swift test --skip-build --experimental-maximum-parallelization-width 4 --xunit-output "$report" "$@" >"$out/swift-$name.log" 2>&1 || code=$?
    read -r good bad < <(python3 Scripts/count_xunit.py "$report" "${report%.xml}-swift-testing.xml" "${must[@]}" 2>"$out/failed.txt")
    good=${good:-0} bad=${bad:-1}
    if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$good" -eq 0 ]; }; then bad=1; fi
    if [ "$bad" -ne 0 ]; then
        cat "$out/failed.txt"
        grep -E '✘|[Ff]atal error|: error: |↳' "$out/swift-$name.log" | head -n 150
        tail -n 5 "$out/swift-$name.log"
    fi
    count "$good" "$bad"
    end "$good good, $bad bad"
}

virtual_environment() {
    cmp -s Tests/requirements.txt .venv/requirements.txt && return
    /usr/bin/python3 -m venv .venv && .venv/bin/pip install -q --no-input -r Tests/requirements.txt &&
        cp Tests/requirements.txt .venv/requirements.txt
}

# A cluster of this run alone, so that another run's end does not stop it; it goes when this process goes.
start_postgres() {
    MENYA_TEST_POSTGRES_DIR=$(mktemp -d "${TMPDIR:-/tmp}/menya-test.XXXXXX")
    export MENYA_TEST_POSTGRES_DIR
    MENYA_TEST_POSTGRES=$(Scripts/test-postgres.sh start --until-exit-of $$ | tail -n 1) && [ -n "$MENYA_TEST_POSTGRES" ]
}

need "packages" Scripts/packages.sh test
need "python environment" virtual_environment
need "front-end files" Scripts/fetch-front.sh
need "build, warnings are errors" env MENYA_STRICT=1 swift build --build-tests
need "postgresql" start_postgres
postgres=started
export MENYA_TEST_POSTGRES

begin "lints"
Scripts/lint.sh --no-build >"$out/lint.log" 2>&1
sed '$d' "$out/lint.log"
read -r good bad < <(tail -n 1 "$out/lint.log" | awk '/^[0-9]+ passed, [0-9]+ failed$/ {print $1, $3; found = 1} END {if (!found) print 0, 1}')
count "$good" "$bad"
end "$good good, $bad bad"

filters=()
while read -r line; do filters+=(--filter "$line"); done < <(grep -vE '^(#|$)' Scripts/timezone-suites.txt)
swift_tests utc UTC
swift_tests shanghai Asia/Shanghai "${filters[@]}"
swift_tests lima America/Lima "${filters[@]}"

begin "javascript tests"
mapfile -t files < <(find Tests/js -name '*.test.js' -o -name '*.test.mjs' 2>/dev/null | sort)
good=0 bad=1
if [ ${#files[@]} -gt 0 ]; then
    node --test --test-reporter=tap "${files[@]}" >"$out/js.log" 2>&1 && code=0 || code=$?
    good=$(awk '/^# pass /{print $3}' "$out/js.log" | tail -n 1)
    bad=$(awk '/^# (fail|cancelled|skipped|todo) /{sum += $3} END {print sum + 0}' "$out/js.log")
    good=${good:-0}
    if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$good" -eq 0 ]; }; then bad=1; fi
    [ "$bad" -eq 0 ] || grep -vE '^(ok|# Subtest)' "$out/js.log" | head -n 80
else
    echo "no Tests/js/*.test.mjs"
fi
count "$good" "$bad"
end "$good good, $bad bad"

begin "journeys in the browser"
.venv/bin/pytest EndToEnd -q --numprocesses 2 --dist loadfile --junitxml "$out/journeys.xml" -p no:cacheprovider >"$out/journeys.log" 2>&1 && code=0 || code=$?
read -r good bad < <(python3 Scripts/count_xunit.py "$out/journeys.xml" 2>"$out/failed.txt")
good=${good:-0} bad=${bad:-1}
if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$good" -eq 0 ]; }; then bad=1; fi
[ "$bad" -eq 0 ] || { cat "$out/failed.txt"; tail -n 150 "$out/journeys.log"; }
count "$good" "$bad"
end "$good good, $bad bad"
finish
