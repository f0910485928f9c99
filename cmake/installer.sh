#!/usr/bin/env bash
# Makes the installers of the cross-built Windows client, all programs signed:
#   bash cmake/installer.sh [folder of a build, default build/windows]
# gives FOLDER/installer/SSProtect-VERSION-setup.exe and .msi. All is signed with the certificate that
#   SSPROTECT_SIGNING_P12 (a PKCS#12 file) and SSPROTECT_SIGNING_PASSWORD_FILE name, stamped by
#   SSPROTECT_TIMESTAMP_URL if given, and verified against the roots in SSPROTECT_SIGNING_ROOTS (default: the system's);
#   without them with a test certificate made here, which no Windows trusts.
#   bash cmake/installer.sh --sign FILE, --verify FILE: one file, with these variables set
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

# sign FILE: in place, and verified
sign() {
    local stamp=()
    [ -z "${SSPROTECT_TIMESTAMP_URL:-}" ] || stamp=(-ts "$SSPROTECT_TIMESTAMP_URL")
    osslsigncode sign -pkcs12 "$SSPROTECT_SIGNING_P12" -readpass "$SSPROTECT_SIGNING_PASSWORD_FILE" -h sha256 \
        -n SSProtect "${stamp[@]}" -in "$1" -out "$1.signed" >/dev/null
    mv "$1.signed" "$1"
    verify "$1"
}

verify() {
    local said roots="${SSPROTECT_SIGNING_ROOTS:-/etc/ssl/certs/ca-certificates.crt}"
    said="$(osslsigncode verify -CAfile "$roots" -TSA-CAfile "$roots" -in "$1" 2>&1)" && return
    printf '%s\nNot signed as it should be: %s\n' "$said" "$1" >&2
    return 1
}

case "${1:-}" in
--sign | --verify)
    "${1#--}" "$2"
    exit
    ;;
esac

build="$(realpath "${1:-build/windows}")"
out="$build/installer"
version="$(sed -n 's/^project(SSProtect VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)"
mkdir -p "$out/bin"

make_test_certificate() {
    [ ! -s "$out/test.p12" ] || return 0
    say "Signing with a test certificate (set SSPROTECT_SIGNING_P12 for the real one)"
    (umask 077 && head -c 24 /dev/urandom | base64 >"$out/test.password")
    openssl req -x509 -newkey rsa:3072 -sha256 -days 825 -nodes -keyout "$out/test.key" -out "$out/test.pem" \
        -subj "/CN=SSProtect test signing/O=SSProtect" -addext "extendedKeyUsage=codeSigning" \
        -addext "keyUsage=critical,digitalSignature" 2>/dev/null
    openssl pkcs12 -export -inkey "$out/test.key" -in "$out/test.pem" -out "$out/test.p12" \
        -passout "file:$out/test.password"
    rm "$out/test.key"
}

if [ -n "${SSPROTECT_SIGNING_P12:-}" ]; then
    : "${SSPROTECT_SIGNING_PASSWORD_FILE:?names the file with the password of SSPROTECT_SIGNING_P12}"
else
    make_test_certificate
    SSPROTECT_SIGNING_P12="$out/test.p12"
    SSPROTECT_SIGNING_PASSWORD_FILE="$out/test.password"
    SSPROTECT_SIGNING_ROOTS="$out/test.pem"
fi
export SSPROTECT_SIGNING_P12 SSPROTECT_SIGNING_PASSWORD_FILE SSPROTECT_SIGNING_ROOTS

say "Stripping and signing the programs"
for name in ssprotect-tray.exe ssprotect.exe ssprotect-shell.dll; do
    x86_64-w64-mingw32-strip -o "$out/bin/$name" "$build/bin/$name"
    sign "$out/bin/$name"
done

say "Making SSProtect-$version-setup.exe"
makensis -V2 -XTarget\ amd64-unicode -DVERSION="$version" -DBIN="$out/bin" -DLICENSE="$PWD/LICENSE" \
    -DICON="$PWD/resources/icons/ssprotect.ico" -DPICTURE="$PWD/resources/installer/side.bmp" \
    -DSIGN="bash '$PWD/cmake/installer.sh' --sign" -DOUTPUT="$out/SSProtect-$version-setup.exe" \
    resources/installer/ssprotect.nsi
sign "$out/SSProtect-$version-setup.exe"

say "Making SSProtect-$version.msi"
g++ -std=c++20 -Ishellext resources/installer/registry_wxs.cpp shellext/registry_entries.cpp -o "$out/registry-wxs"
"$out/registry-wxs" >"$out/registry.wxs"
sed -e "/@registry@/{r $out/registry.wxs
d}" resources/installer/ssprotect.wxs.in >"$out/ssprotect.wxs"
cp LICENSE "$out/LICENSE.txt"
# From there: wixl takes no absolute sources.
(cd "$out" && wixl -a x64 -D Version="$version" -D Bin=bin -D License=LICENSE.txt -o "SSProtect-$version.msi" ssprotect.wxs)
sign "$out/SSProtect-$version.msi"
ls -l "$out"/SSProtect-"$version"*
