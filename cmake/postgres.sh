#!/usr/bin/env bash
# A private PostgreSQL server for tests and measurements, in a folder that goes with it. Sourced: start_postgres, and stop_postgres
# at exit (whoever sets a trap of its own calls it there). Run by itself: the command runs beside such a server.
#   bash cmake/postgres.sh build/native/bin/kodiac-tests
# Exports SSPROTECT_TEST_POSTGRES (through its socket) and SSPROTECT_TEST_POSTGRES_TLS (TLS over the loopback address).

postgres_folder=""
postgres_user="$(id -un)"

# A server refuses to run as root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

postgres_bin() { ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1; }

stop_postgres() {
    if [ -n "$postgres_folder" ]; then
        (cd / && as_postgres "$(postgres_bin)/pg_ctl" -D "$postgres_folder/data" -m immediate -w stop >/dev/null 2>&1) || true
        rm -rf "$postgres_folder"
        postgres_folder=""
    fi
}

# start_postgres [SETTING…]: lines for postgresql.conf
start_postgres() {
    local bin password port folder
    bin="$(postgres_bin)"
    [ "$(id -u)" -ne 0 ] || postgres_user=postgres
    postgres_folder="$(mktemp -d /tmp/ssprotect-postgres.XXXXXX)"
    trap stop_postgres EXIT
    folder="$postgres_folder"
    password="$(openssl rand -hex 16)"
    printf '%s\n' "$password" >"$folder/password"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 \
        -addext subjectAltName=IP:127.0.0.1 -keyout "$folder/server.key" -out "$folder/server.crt" 2>/dev/null
    chown -R "$postgres_user" "$folder"
    (
        cd /
        as_postgres "$bin/initdb" -D "$folder/data" -U "$postgres_user" --auth=scram-sha-256 --pwfile="$folder/password" \
            --encoding=UTF8 --locale=C.UTF-8 >/dev/null
    )
    cat >>"$folder/data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 200
ssl = on
ssl_cert_file = '$folder/server.crt'
ssl_key_file = '$folder/server.key'
SETTINGS
    [ $# -eq 0 ] || printf '%s\n' "$@" >>"$folder/data/postgresql.conf"
    for _ in 1 2 3 4 5; do # another program may have the port
        port=$((20000 + RANDOM % 30000))
        if (cd / && as_postgres "$bin/pg_ctl" -D "$folder/data" -o "-p $port" -l "$folder/log" -w start >/dev/null); then
            break
        fi
        port=""
    done
    if [ -z "$port" ]; then
        cat "$folder/log" >&2
        return 1
    fi
    # What the daemon needs of its user: to own its database, nothing more.
    PGPASSWORD="$password" psql -q -h "$folder" -p "$port" -U "$postgres_user" -v ON_ERROR_STOP=1 postgres <<ROLES
CREATE ROLE kodiacd LOGIN PASSWORD '$password';
CREATE DATABASE kodiac OWNER kodiacd;
ROLES
    export SSPROTECT_TEST_POSTGRES="postgresql://kodiacd:$password@/kodiac?host=$folder&port=$port"
    export SSPROTECT_TEST_POSTGRES_TLS="postgresql://kodiacd:$password@127.0.0.1:$port/kodiac?sslmode=verify-full&sslrootcert=$folder/server.crt"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    set -euo pipefail
    start_postgres
    "$@"
fi
