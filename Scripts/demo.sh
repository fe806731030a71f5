#!/bin/bash
# A demo clinic with ninety days behind it, served on this machine only. A demo made today is kept; an older one is made anew,
# because its "today" has passed. `FRESH=1` always makes a new one. The clinic's clock starts at 10:24 on a busy morning, whatever
# the time is here, and runs on from there.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1
folder=${DEMO_FOLDER:-data/demo}
port=${PORT:-8080}
where=(--data "$folder" --key-file "$folder.key")

if [ "${FRESH:-}" != 1 ] && [ "$(cat "$folder/made-on" 2>/dev/null)" = "$(date +%F)" ]; then
    cat "$folder/sign-ins.txt"
else
    rm -rf "$folder" "$folder.key"
    mkdir -p "$folder"
    present="$(TZ=Asia/Shanghai date +%F)T10:24:00+08:00"
    "$program" demo "${where[@]}" --ending-at "$present" | tee "$folder/sign-ins.txt"
    printf '%+d\n' $(($(date -d "$present" +%s) - $(date +%s))) >"$folder/clock"
    date +%F >"$folder/made-on"
fi
echo
echo "Menya 门牙: http://127.0.0.1:$port   (Ctrl-C to stop)"
exec "$program" serve "${where[@]}" --port "$port" --clock-file "$folder/clock"
