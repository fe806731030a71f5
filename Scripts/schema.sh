#!/bin/bash
# Writes docs/schema.sqlite.sql and docs/schema.postgres.sql from databases that the migrations just made, and adds new
# migrations to docs/schema.migrations.txt, where they are frozen.
set -euo pipefail
cd "$(dirname "$0")/.."
MENYA_RECORD_SCHEMA=1 swift test "$@" --filter SchemaDumpTests
git --no-pager diff --stat -- docs/schema.*
