#!/usr/bin/env bash
# Installs the Debian packages that Picket builds and tests with, if any is missing: as root, or
# through sudo. Otherwise prints the line that does it, and stops.
# Usage: deps.sh [cross | proof]
#   cross   instead: what builds and tests the archive for other machines
#   proof   instead: what test-valgrind, test-install, test-abi, picketd-small and gateway-test need
set -euo pipefail

packages=(
  gcc g++ libc6-dev make binutils pkg-config     # the C side
  libopenblas-dev libsvm-dev                     # the trainer's arithmetic
  zlib1g-dev libssl-dev libarchive-dev           # the trainer's files
  libcmocka-dev python3 python3-numpy            # the tests
)
if [ "${1:-}" = cross ]; then
  packages=(
    make python3 python3-numpy qemu-user pkg-config cmake
    gcc-i686-linux-gnu libc6-dev-i386-cross
    gcc-aarch64-linux-gnu libc6-dev-arm64-cross
    gcc-arm-linux-gnueabihf libc6-dev-armhf-cross
    gcc-arm-linux-gnueabi libc6-dev-armel-cross
    gcc-riscv64-linux-gnu libc6-dev-riscv64-cross
    gcc-mipsel-linux-gnu libc6-dev-mipsel-cross
    gcc-mips-linux-gnu libc6-dev-mips-cross
  )
fi
if [ "${1:-}" = proof ]; then
  packages=(make gcc g++ pkg-config binutils libcmocka-dev python3 python3-numpy
    valgrind cmake musl-tools abigail-tools iproute2 nftables)
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
    missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
  run=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  run=(sudo)
else
  echo "These Debian packages are missing. Run this, then try again:" >&2
  echo "  sudo $install" >&2
  exit 1
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq
"${run[@]}" $install -qq >/dev/null
