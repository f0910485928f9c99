# Sourced by the tests with an Organization: a daemon, its mails, people who come in by code.

database=() # the options of every kodiacd command
daemons=()
stop_daemons() {
    local pid
    for pid in "${daemons[@]}"; do kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
}
drop_schema() {
    [ -z "${schema:-}" ] ||
        psql -q "$SSPROTECT_TEST_POSTGRES" -c "SET client_min_messages=warning; DROP SCHEMA $schema CASCADE"
}
trap 'stop_daemons; drop_schema; cleanup' EXIT

# use_postgres: the database is a schema of its own on the server SSPROTECT_TEST_POSTGRES; without one the test is skipped
use_postgres() {
    local separator='?'
    [ -n "${SSPROTECT_TEST_POSTGRES:-}" ] || { echo "skipped: SSPROTECT_TEST_POSTGRES names no server"; exit 77; }
    schema="ssprotect_system_$$"
    psql -q "$SSPROTECT_TEST_POSTGRES" -c "CREATE SCHEMA $schema" || fail "no schema"
    case "$SSPROTECT_TEST_POSTGRES" in *\?*) separator='&' ;; esac
    database=(--database "$SSPROTECT_TEST_POSTGRES${separator}options=-csearch_path%3D$schema")
}

# new_kodiac: an empty KODiAC in $work/kodiac; its CA in $ca
new_kodiac() {
    mkdir -p "$work/mail"
    ca="$("$bin/kodiacd" init --data "$work/kodiac" --host localhost --host 127.0.0.1 "${database[@]}")" ||
        fail "no KODiAC"
    [ -s "$ca" ] || fail "no CA certificate"
}

# new_organization SEATS: Ada's; the Administrator's code in $code
new_organization() {
    code="$("$bin/kodiacd" org create --data "$work/kodiac" "${database[@]}" --name "Example Works" --admin ada@example.org \
        --seats "$1" --quota 9000)" || fail "no Organization"
}

# start_daemon NAME: serves $work/kodiac, at the port it had before; its address in url_NAME, its process in pid_NAME
start_daemon() {
    local name="$1" before="url_$1" port tries
    port="${!before:-:0}"
    rm -f "$work/port-$name"
    "$bin/kodiacd" serve --data "$work/kodiac" --listen "127.0.0.1:${port##*:}" --mail-dir "$work/mail" \
        --port-file "$work/port-$name" "${database[@]}" >"$work/log-$name" 2>&1 &
    daemons+=($!)
    printf -v "pid_$name" '%s' "$!"
    for tries in $(seq 300); do
        [ -s "$work/port-$name" ] && break
        kill -0 "$!" 2>/dev/null || { cat "$work/log-$name"; fail "the daemon $name ended"; }
        sleep 0.1
    done
    port="$(cat "$work/port-$name")"
    printf -v "url_$name" 'https://127.0.0.1:%s' "$port"
}

kill_daemon() {
    local process="pid_$1"
    kill -KILL "${!process}"
    wait "${!process}" 2>/dev/null
}
# jolt: of two daemons one is killed and stays away until the next jolt, when the other is; one alone comes back at once
away=""
jolt() {
    if [ "${#urls[@]}" -eq 1 ]; then
        kill_daemon one
        start_daemon one
        return
    fi
    [ -z "$away" ] || start_daemon "$away"
    away="$([ "$away" = one ] && echo two || echo one)"
    kill_daemon "$away"
}

# mail_to ADDRESS [NUMBER]: waits until so many mails to it are in the folder, gives the file of the newest
mail_to() {
    local tries files
    for tries in $(seq 900); do # a mail that a killed daemon was about to send waits until its claim expires
        mapfile -t files < <(grep -lis "^To:.*$1" "$work/mail"/*.eml 2>/dev/null | xargs -r ls -tr)
        [ "${#files[@]}" -ge "${2:-1}" ] && { echo "${files[-1]}"; return; }
        sleep 0.1
    done
    fail "no mail number ${2:-1} to $1 arrived"
}
# code_for ADDRESS [NUMBER]: the registration code in that mail
code_for() {
    /usr/bin/python3 - "$(mail_to "$@")" <<'PYTHON'
import email, email.policy, re, sys
message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
text = message.get_body(("plain",)).get_content()
found = re.search(r"\b[A-Z2-7]{4}(?:-[A-Z2-7]{4}){5}\b", text)
sys.exit("no code in the mail") if not found else print(found.group())
PYTHON
}

# home NAME: a tray process without an account
home() {
    mkdir -m 700 "$work/home-$1"
    start_tray "$work/home-$1"
}
servers() { for url in "${urls[@]}"; do printf -- '--server\n%s\n' "$url"; done; }
# register NAME CODE: with the daemon at ${urls[@]}
register() {
    mapfile -t server < <(servers)
    printf 'password of %s\npassword of %s\n' "$1" "$1" |
        as "$1" --password-stdin --json account create --email "$1@example.org" "${server[@]}" --ca "$ca" --code "$2"
}
log_in() { printf 'password of %s\n' "$1" | as "$1" --password-stdin login; }
# field NAME: of the JSON object in $work/out
field() { /usr/bin/python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/out" "$1"; }

# administrator NAME: the first, with exported keys
administrator() {
    home "$1"
    expect 0 register "$1" "$2"
    printf 'passphrase of %s\npassphrase of %s\n' "$1" "$1" |
        as "$1" --password-stdin keys export "$work/$1.keys" >/dev/null || fail "no exported keys"
}
# member NAME BY [attributes]: provisioned, registered, validated by BY with the compared code, logged in
member() {
    local name="$1" by="$2" code
    shift 2
    expect 0 as "$by" users new "$name@example.org" "$@"
    code="$(code_for "$name@example.org")" || fail "no code for $name"
    home "$name"
    expect 0 register "$name" "$code"
    code="$(field comparison_code)"
    expect 4 log_in "$name"
    says "Validation"
    expect 0 as "$by" users validate "$name@example.org" --code "$code"
    expect 0 log_in "$name"
}
