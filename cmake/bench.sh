#!/usr/bin/env bash
# Measures SSProtect beside cp, age, gpg and openssl in one run, and prints a table of figures and ratios. Needs about 16 GiB of
# disk under build/bench. Each pair that makes a ratio runs alternately; the median of the rounds counts.
#   bash cmake/bench.sh [rounds]
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

rounds="${1:-5}"
install_packages build bench
say "Building ssprotect and ssprotect-tray into build/native"
cmake --preset native
cmake --build build/native --target ssprotect ssprotect-tray

bin="$PWD/build/native/bin"
work="$PWD/build/bench"
export SSPROTECT_HOME="$work/home"
rm -rf "$work"
mkdir -p "$work/data"

ssp() { "$bin/ssprotect" "$@"; }
now_ns() { date +%s%N; }
# seconds COMMAND…: wall time
seconds() {
    local start end
    start=$(now_ns)
    "$@" >/dev/null 2>"$work/stderr" || { cat "$work/stderr" >&2; return 1; }
    end=$(now_ns)
    awk -v a="$start" -v b="$end" 'BEGIN { printf "%.6f\n", (b - a) / 1e9 }'
}
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
per_second() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.0f", n / s }'; }
row() { printf '| %s | %s | %s | %s |\n' "$@" | tee -a "$work/table"; }

# Every desktop session has such a folder in memory; a bare shell may not.
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    runtime="$(mktemp -d /dev/shm/ssprotect-bench.XXXXXX)"
    export XDG_RUNTIME_DIR="$runtime"
fi
"$bin/ssprotect-tray" --headless --second-factor allow 2>"$work/tray.log" &
tray=$!
trap 'kill -TERM "$tray" 2>/dev/null || true; wait "$tray" 2>/dev/null || true; rm -rf "${runtime:-}"' EXIT
for _ in $(seq 100); do
    ssp status >/dev/null 2>&1 && break
    sleep 0.1
done
printf 'benchmark password\nbenchmark password\n' | ssp --password-stdin account create --email bench@example.org >/dev/null
printf 'benchmark passphrase\nbenchmark passphrase\n' | ssp --password-stdin keys export "$work/bench.keys" >/dev/null

memory_kib() { awk -v key="$1:" '$1 == key { print $2 }' "/proc/$tray/status"; }
switches() { cat /proc/"$tray"/task/*/status | awk '/^voluntary_ctxt_switches/ { n += $2 } END { print n }'; }

say "Idle tray process, 20 s"
sleep 5
before=$(switches)
sleep 20
after=$(switches)
idle=$(memory_kib VmRSS)

printf '| what | figure | target | ratio to |\n|---|---|---|---|\n' >"$work/table"
row "idle tray process, memory" "$((idle / 1024)) MiB" "≤ 80 MiB" "—"
row "idle tray process, wakes a second" "$(awk -v a="$before" -v b="$after" 'BEGIN { printf "%.2f", (b - a) / 20 }')" "≤ 1" "—"

say "AES-256-GCM, the limit"
gcm=$(openssl speed -mr -seconds 2 -bytes 16384 -evp aes-256-gcm 2>/dev/null | awk -F: '/^\+F/ { printf "%.2f", $NF / 1e9 }')
row "openssl speed aes-256-gcm, 16 KiB, one core" "$gcm GB/s" "—" "—"

say "1 GiB: cp+fsync, Activate, age+fsync, gpg+fsync; $rounds rounds"
big="$work/data/big"
openssl rand 1073741824 >"$big"
age-keygen -o "$work/age.key" 2>/dev/null
recipient=$(age-keygen -y "$work/age.key")
sync
copy_synced() { cp "$big" "$work/data/copy" && sync "$work/data/copy"; }
age_synced() { age -e -r "$recipient" -o "$work/data/copy" "$big" && sync "$work/data/copy"; }
gpg_synced() {
    gpg --homedir "$work/gpg" --batch --yes --pinentry-mode loopback --passphrase x -z 0 --cipher-algo AES256 \
        -o "$work/data/copy" --symmetric "$big" && sync "$work/data/copy"
}
mkdir -m 700 "$work/gpg"
for round in $(seq "$rounds"); do
    rm -f "$work/data/copy"; sync
    seconds copy_synced >>"$work/cp"
    rm -f "$work/data/copy"; cp "$big" "$work/data/act"; sync
    seconds ssp activate "$work/data/act" >>"$work/activate"
    seconds ssp release "$work/data/act" >>"$work/release"
    cmp "$big" "$work/data/act"
    rm -f "$work/data/act"; sync
    seconds age_synced >>"$work/age"
    rm -f "$work/data/copy"; sync
    [ "$round" -gt 1 ] || seconds gpg_synced >>"$work/gpgtime"
done
rm -f "$work/data/copy"
cp_s=$(median <"$work/cp") activate_s=$(median <"$work/activate") age_s=$(median <"$work/age") gpg_s=$(median <"$work/gpgtime")
release_s=$(median <"$work/release")
row "1 GiB cp + fsync" "$cp_s s" "—" "—"
row "1 GiB Activate" "$activate_s s" "≥ 0.7 × cp + fsync" "$(ratio "$cp_s" "$activate_s") × cp + fsync"
row "1 GiB Activate" "$activate_s s" "≥ 1.5 × age + fsync" "$(ratio "$age_s" "$activate_s") × age + fsync"
row "1 GiB Release" "$release_s s" "—" "$(ratio "$cp_s" "$release_s") × cp + fsync"
row "1 GiB age -e + fsync" "$age_s s" "—" "—"
row "1 GiB gpg --symmetric + fsync" "$gpg_s s" "—" "$(ratio "$gpg_s" "$activate_s") × as long as Activate"

say "10,000 files of 4 KiB: Activate, and age one process each (1,000 of them)"
make_small() {
    mkdir -p "$1"
    openssl rand $((4096 * $2)) | split -b 4096 -a 4 - "$1/file-"
}
age_each() { for file in "$work/data/few"/*; do age -e -r "$recipient" -o "$file.age" "$file"; done; }
for round in $(seq "$rounds"); do
    make_small "$work/data/few" 1000; make_small "$work/data/many" 10000; sync
    seconds age_each >>"$work/age-each"
    seconds ssp activate --recursive "$work/data/many" >>"$work/many"
    [ "$round" -eq "$rounds" ] || rm -rf "$work/data/many"
    rm -rf "$work/data/few"
done
age_rate=$(per_second 1000 "$(median <"$work/age-each")") many_rate=$(per_second 10000 "$(median <"$work/many")")
row "4 KiB files, age one process each, no fsync" "$age_rate files/s" "—" "—"
row "10,000 × 4 KiB Activate" "$many_rate files/s" "≥ 7 × age" "$(ratio "$many_rate" "$age_rate") × age"

say "Latency of the command line"
one=$(find "$work/data/many" -type f -print -quit)
mean_ms() { hyperfine --warmup 3 --runs "$1" --shell=none --export-json "$work/hyperfine.json" "$2" >/dev/null 2>&1
            awk -F'[:,]' '/"median"/ { printf "%.1f", $2 * 1000; exit }' "$work/hyperfine.json"; }
row "\`status\` of one file, whole process" "$(mean_ms 50 "$bin/ssprotect --json status $one") ms" "≤ 20 ms" "—"
status_all() { find "$work/data/many" -type f -print0 | xargs -0 -n 20000 "$bin/ssprotect" --json status >"$work/status.json"; }
for _ in 1 2 3 4 5; do seconds status_all; done >"$work/status-all"
row "\`status\` of 10,000 files, whole process" "$(median <"$work/status-all") s" "≤ 0.5 s" "—"

say "Managed open of 1 MiB: from the command to the start of the program"
openssl rand 1048576 >"$work/data/document"
ssp activate "$work/data/document" >/dev/null
printf '#!/bin/sh\ndate +%%s%%N >"%s/started"\n' "$work" >"$work/program"
chmod +x "$work/program"
for _ in 1 2 3 4 5 6 7 8 9; do
    start=$(now_ns); "$work/program" x; awk -v a="$start" -v b="$(cat "$work/started")" 'BEGIN { print (b - a) / 1e6 }' >>"$work/bare"
    start=$(now_ns); ssp open "$work/data/document" -- "$work/program" >/dev/null
    awk -v a="$start" -v b="$(cat "$work/started")" 'BEGIN { print (b - a) / 1e6 }' >>"$work/open"
done
open_ms=$(median <"$work/open") bare_ms=$(median <"$work/bare")
row "managed open, 1 MiB, until the program runs" "$open_ms ms ($bare_ms ms without SSProtect)" "adds ≤ 30 ms" "adds $(awk -v a="$open_ms" -v b="$bare_ms" 'BEGIN { printf "%.1f", a - b }') ms"

say "Memory for a file of 4 GiB"
echo 5 >"/proc/$tray/clear_refs" 2>/dev/null || true
truncate -s 4294967296 "$work/data/huge"
ssp activate "$work/data/huge" >/dev/null
peak=$(memory_kib VmHWM)
row "4 GiB Activate, peak memory above idle" "$(((peak - idle) / 1024)) MiB" "≤ 64 MiB" "—"

say "Result ($(nproc) cores, $(date -u +%Y-%m-%d))"
cat "$work/table"
rm -rf "$work/data"
