#!/bin/sh
# A private PostgreSQL cluster for tests: its own folder, a unix socket, no TCP, nothing that survives `stop`.
#
#   Scripts/test-postgres.sh start [--until-exit-of PID]   prints the connection string (for MENYA_TEST_POSTGRES)
#   Scripts/test-postgres.sh restart fast|immediate        for tests of what a restart does to its clients
#   Scripts/test-postgres.sh stop
#
# MENYA_TEST_POSTGRES_DIR names the folder; the default is one a user can share between test runs.
# With --until-exit-of the cluster stops and its folder goes when that process ends, however it ends.
set -eu

folder=${MENYA_TEST_POSTGRES_DIR:-${TMPDIR:-/tmp}/menya-test-postgres-$(id -u)}
data=$folder/data
bin=$(ls -d /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ] && command -v initdb >/dev/null; then bin=$(dirname "$(command -v initdb)"); fi
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
    echo "test-postgres: no initdb found; install it: apt-get install -y postgresql" >&2
    exit 1
fi

# PostgreSQL refuses to run as root.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

running() { [ -d "$data" ] && as_owner "$bin/pg_ctl" status -D "$data" >/dev/null 2>&1; }

stop() {
    if running; then as_owner "$bin/pg_ctl" stop -D "$data" -m immediate -w >/dev/null 2>&1 || true; fi
    rm -rf "$folder"
}

make_cluster() {
    rm -rf "$data"
    cd /
    as_owner "$bin/initdb" -D "$data" -U postgres -A trust --locale=C.UTF-8 -E UTF8 --no-sync >"$folder/initdb.log" 2>&1 || {
        cat "$folder/initdb.log" >&2
        exit 1
    }
    # Tests kill processes, never the machine: without fsync they lose nothing and take a fraction of the time.
    as_owner sh -c "cat >> '$data/postgresql.conf'" <<CONF
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 300
shared_buffers = 64MB
fsync = off
max_wal_size = 512MB
max_locks_per_transaction = 128
log_min_messages = fatal
CONF
}

start() {
    mkdir -p "$folder"
    chmod 700 "$folder"
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
    if ! running; then
        [ -f "$data/PG_VERSION" ] && [ -f "$folder/ready" ] || make_cluster
        cd /
        as_owner "$bin/pg_ctl" start -D "$data" -w -l "$folder/server.log" >/dev/null 2>&1 || {
            cat "$folder/server.log" >&2
            exit 1
        }
        as_owner touch "$folder/ready"
    fi
    echo "host=$folder user=postgres dbname=postgres"
}

case ${1:-} in
start)
    watched=
    if [ "${2:-}" = --until-exit-of ]; then watched=${3:?a process number}; fi
    # Two test runs that start at once share one cluster.
    mkdir -p "$(dirname "$folder")"
    exec 9>"$folder.lock"
    flock 9
    start 9>&-
    exec 9>&-
    if [ -n "$watched" ]; then
        (
            trap '' HUP INT
            while kill -0 "$watched" 2>/dev/null; do sleep 1; done
            stop
            rm -f "$folder.lock"
        ) </dev/null >/dev/null 2>&1 &
    fi
    ;;
restart)
    cd /
    as_owner "$bin/pg_ctl" restart -D "$data" -m "${2:?fast or immediate}" -w -l "$folder/server.log" >/dev/null
    ;;
stop)
    stop
    rm -f "$folder.lock"
    ;;
*)
    sed -n '2,10p' "$0" | cut -c 3- >&2
    exit 2
    ;;
esac
