#!/usr/bin/env bash
# Builds and runs programs from what `make install` puts in place, and from nothing else.
# Usage: install_test.sh DESTDIR MODEL SOVERSION    (DESTDIR holds an installation with PREFIX=/usr)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$1 model=$2 soversion=$3
lib=$root/usr/lib
out=$root/consumers
mkdir -p "$out"
strict="-Wall -Wextra -Wpedantic -Werror"
export PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_LIBDIR=$lib/pkgconfig
export PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
cflags=$(pkg-config --cflags picket) libs=$(pkg-config --libs picket)
done_with=()

fail() { echo "install: $*" >&2; exit 1; }
build() { "$@" || fail "does not build: $*"; }

# Every program must print the same line.
want=
run() { # NAME COMMAND...
  local name=$1 got
  shift
  got=$("$@" "$model") || fail "$name does not run"
  [ -n "$got" ] && [ "$got" = "${want:=$got}" ] || fail "$name prints '$got', not '$want'"
  done_with+=("$name")
}
needs_library() { readelf -d "$1" | grep -q "NEEDED.*libpicket.so.$soversion"; }

build "${CC:-cc}" -std=c11 $strict $cflags "$here/consumer.c" ${libs/-lpicket/-l:libpicket.a} -o "$out/static"
needs_library "$out/static" && fail "the static program needs the shared library"
run "pkg-config static" "$out/static"

build "${CC:-cc}" -std=c11 $strict $cflags "$here/consumer.c" $libs -o "$out/shared"
needs_library "$out/shared" || fail "the shared program does not ask for libpicket.so.$soversion"
LD_LIBRARY_PATH= "$out/shared" "$model" >/dev/null 2>&1 && fail "the shared program found a library elsewhere"
run "pkg-config shared" env LD_LIBRARY_PATH="$lib" "$out/shared"

build "${CXX:-c++}" -x c++ -std=c++17 $strict $cflags "$here/consumer.c" -x none ${libs/-lpicket/-l:libpicket.a} -o "$out/cxx"
run "C++" "$out/cxx"

if command -v cmake >/dev/null; then
  cmake -S "$here" -B "$out/cmake" -DPicket_DIR="$lib/cmake/Picket" >"$out/cmake.txt" 2>&1 &&
    cmake --build "$out/cmake" >>"$out/cmake.txt" 2>&1 || { cat "$out/cmake.txt"; fail "CMake"; }
  run "CMake static" "$out/cmake/static-consumer"
  run "CMake shared" env LD_LIBRARY_PATH="$lib" "$out/cmake/shared-consumer"
else
  fail "cmake is not installed: mk/deps.sh proof"
fi

# A program takes what it calls: the version, and not the archive.
bytes() { size "$1" | awk 'NR == 2 { print $1 + $2 }'; }
build "${CC:-cc}" -std=c11 $strict $cflags "$here/version.c" ${libs/-lpicket/-l:libpicket.a} -o "$out/version"
echo 'int main(void) { return 0; }' >"$out/nothing.c"
build "${CC:-cc}" -std=c11 $strict "$out/nothing.c" -o "$out/nothing"
for program in "$out/version" "$out/cmake/version"; do
  "$program" || fail "$program does not run"
  more=$(($(bytes "$program") - $(bytes "$out/nothing")))
  [ $more -lt 1024 ] || fail "$program takes $more bytes of the archive for one function"
done

# musl has no header or library of glibc: nothing of them may have come along in the archive.
if command -v musl-gcc >/dev/null; then
  build musl-gcc -static -std=c11 $strict $cflags "$here/consumer.c" "$lib/libpicket.a" -o "$out/musl"
  readelf -l "$out/musl" | grep -q INTERP && fail "the musl program is not static"
  run "musl static" "$out/musl"
else
  fail "musl-gcc is not installed: mk/deps.sh proof"
fi

# What a program sees of the shared library is what the header declares, and no more.
nm -D --defined-only "$lib/libpicket.so.$soversion" | awk '$2 == "T" { print $3 }' | sed 's/@.*//' | sort \
  >"$out/exported.txt"
diff "$out/exported.txt" "$here/../../export/symbols.txt" >&2 || fail "the shared library's functions"

# The check itself can fail: an installation without its header.
mv "$root/usr/include/picket.h" "$root/hidden.h"
"${CC:-cc}" -std=c11 $cflags "$here/consumer.c" $libs -o "$out/without" 2>/dev/null &&
  fail "builds without the installed header, so it shows nothing"
mv "$root/hidden.h" "$root/usr/include/picket.h"

(IFS=,; echo "install: ${done_with[*]}: all print $want" | sed 's/,/, /g')
