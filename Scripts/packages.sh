#!/bin/bash
# Installs the Debian packages that a purpose needs and that are missing here: `packages.sh run`, `test` or `bench`.
# Nothing happens, and no right is asked for, when all are present.
set -euo pipefail

run=(libsqlite3-dev libpq-dev libqrencode-dev pkg-config python3 python3-venv unzip)
test=(postgresql-15 chromium fonts-noto-cjk fonts-noto-color-emoji)
bench=(postgresql-15 wrk gcc libc6-dev)
wanted=("${run[@]}")
[ "${1:-run}" = test ] && wanted+=("${test[@]}")
[ "${1:-run}" = bench ] && wanted+=("${bench[@]}")

missing=()
for name in "${wanted[@]}"; do
    dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
done
# Any supplier of these two will do, so the program is asked for and not the package.
if [ "${1:-run}" = test ]; then
    command -v java >/dev/null || missing+=(default-jre-headless)
    command -v node >/dev/null || missing+=(nodejs)
fi
if [ ${#missing[@]} -eq 0 ]; then
    echo "packages: all ${#wanted[@]} present"
    exit 0
fi

command -v apt-get >/dev/null || {
    echo "packages: this is not a Debian system; install the equivalents of: ${missing[*]}" >&2
    exit 1
}
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "packages: run as root: apt-get install ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
echo "packages: installing ${missing[*]} with ${as_root[*]:-root} apt-get"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
