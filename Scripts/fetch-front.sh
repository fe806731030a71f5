#!/bin/sh
# Fetches the pinned front-end files into Sources/ClinicWeb/Resources/public/vendor (ignored by git) and checks each by
# SHA-256. The program also serves without them. Usage: Scripts/fetch-front.sh
set -eu

wheel_hash=0ec5be1645ed71e6787bd75e0250624f00274ac3bb1730f07b6629a95688929b
htmx_hash=71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
vendor=$root/Sources/ClinicWeb/Resources/public/vendor
target=$vendor/htmx-2.min.js

matches() { [ -f "$2" ] && [ "$(sha256sum "$2" | cut -d' ' -f1)" = "$1" ]; }

if matches "$htmx_hash" "$target"; then
    echo "htmx is there and right"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --dest "$work" django-htmx==1.29.0
wheel=$work/django_htmx-1.29.0-py3-none-any.whl
if ! matches "$wheel_hash" "$wheel"; then
    echo "django-htmx 1.29.0 is not the file that was pinned; nothing was installed" >&2
    exit 1
fi
mkdir -p "$vendor"
python3 - "$wheel" "$work/htmx-2.min.js" <<'PYTHON'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel, open(sys.argv[2], "wb") as out:
    out.write(wheel.read("django_htmx/static/django_htmx/htmx-2.min.js"))
PYTHON
if ! matches "$htmx_hash" "$work/htmx-2.min.js"; then
    echo "htmx inside the package is not the file that was pinned; nothing was installed" >&2
    exit 1
fi
mv "$work/htmx-2.min.js" "$target"
echo "htmx fetched into ${target#"$root"/}"
