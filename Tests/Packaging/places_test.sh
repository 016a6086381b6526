#!/usr/bin/env bash
# Installs anew, elsewhere, and over another build, and looks at what is where afterwards.
# Usage: places_test.sh FOLDER MODEL SOVERSION    (with MAKE and CC in the environment)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$1 model=$2 so=libpicket.so.$3
rm -rf "$root"
mkdir -p "$root"
export PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1

fail() { echo "install: $*" >&2; exit 1; }
put() { # FOLDER SETTING...
  "$MAKE" --no-print-directory install install-flow DESTDIR="$root/$1" "${@:2}" >"$root/log.txt" 2>&1 ||
    { cat "$root/log.txt"; fail "make install ${*:2}"; }
}
tells() { # FOLDER PKGCONFIG-FOLDER PREFIX LIBDIR
  for package in picket picket-flow; do
    for pair in prefix="$3" libdir="$4" includedir="$3/include"; do
      got=$(PKG_CONFIG_LIBDIR=$root/$1$2 pkg-config --variable="${pair%%=*}" $package)
      [ "$got" = "${pair#*=}" ] || fail "$package of $3, $4: ${pair%%=*} is '$got'"
    done
  done
}

# Two prefixes, one after the other: each installation tells its own.
put first PREFIX=/usr
put second PREFIX=/usr/local
tells first /usr/lib/pkgconfig /usr /usr/lib
tells second /usr/local/lib/pkgconfig /usr/local /usr/local/lib

# A folder of its own for libraries: everything goes there, and finds the headers from there.
triple=x86_64-linux-gnu
put third PREFIX=/usr libdir=/usr/lib/$triple
tells third /usr/lib/$triple/pkgconfig /usr /usr/lib/$triple
wanted="cmake libpicket.a libpicket.so $so libpicket_flow.a pkgconfig"
[ "$(LC_ALL=C ls "$root/third/usr/lib/$triple" | xargs)" = "$wanted" ] && [ "$(ls "$root/third/usr/lib")" = $triple ] ||
  fail "libdir=/usr/lib/$triple holds something else than $wanted"
cmake -S "$here" -B "$root/cmake" -DPicket_DIR="$root/third/usr/lib/$triple/cmake/Picket" >"$root/log.txt" 2>&1 &&
  cmake --build "$root/cmake" --target static-consumer >>"$root/log.txt" 2>&1 &&
  "$root/cmake/static-consumer" "$model" >>"$root/log.txt" || { cat "$root/log.txt"; fail "CMake with libdir"; }

# A folder whose name has a blank: programs are built from there, by pkg-config and by CMake.
put "a folder" PREFIX="/opt/a prefix"
blank="$root/a folder/opt/a prefix"
tells "a folder" "/opt/a prefix/lib/pkgconfig" "/opt/a prefix" "/opt/a prefix/lib"
for package in picket picket-flow; do
  flags=$(PKG_CONFIG_LIBDIR="$blank/lib/pkgconfig" pkg-config --define-variable=prefix="$blank" \
    --define-variable=libdir="$blank/lib" --cflags --libs $package)
  echo "#include <${package/-/_}.h>
    int main(void) { return !${package/-/_}_status_text(0); }" >"$root/blank.c"
  eval "\"\${CC:-cc}\" -std=c11 '$root/blank.c' $flags -o '$root/blank'" || fail "pkg-config of $package with a blank"
  LD_LIBRARY_PATH="$blank/lib" "$root/blank" || fail "the program of $package does not run"
done
cmake -S "$here" -B "$root/blank-cmake" -DPicket_DIR="$blank/lib/cmake/Picket" >"$root/log.txt" 2>&1 &&
  cmake --build "$root/blank-cmake" --target static-consumer >>"$root/log.txt" 2>&1 &&
  "$root/blank-cmake/static-consumer" "$model" >>"$root/log.txt" || { cat "$root/log.txt"; fail "CMake with a blank"; }

# Everybody can read what is installed, whatever the umask of who installs it.
(umask 077 && put masked PREFIX=/usr)
closed=$(find "$root/masked/usr" \( -type f ! -perm 644 -o -type d ! -perm 755 \) -printf '%m %p ')
[ -z "$closed" ] || fail "not for everybody to read under umask 077: $closed"

# A relative place is refused before anything is there.
for place in PREFIX=relative libdir=relative/lib; do
  for verb in install install-flow; do
    "$MAKE" --no-print-directory $verb DESTDIR="$root/never" $place >"$root/log.txt" 2>&1 && fail "$verb took $place"
    grep -q "${place%%=*} is \"${place#*=}\", expected" "$root/log.txt" || { cat "$root/log.txt"; fail "$verb $place says something else"; }
  done
done
[ -z "$(ls -d "$root"/never* 2>/dev/null)" ] || fail "a relative place was begun with"

# What leaves something out has no shared library: it would go by the name of the whole one, and an
# installed program would miss a function.
lib=$root/first/usr/lib
"${CC:-cc}" -std=c11 -I "$root/first/usr/include" "$here/consumer.c" -L "$lib" -lpicket -o "$root/before"
cp "$lib/$so" "$root/$so"
put first PREFIX=/usr MINIMAL=1
grep -q '^no shared library: ' "$root/log.txt" || fail "MINIMAL=1 does not say that it has no shared library"
cmp "$lib/$so" "$root/$so" || fail "MINIMAL=1 replaced the shared library"
LD_LIBRARY_PATH=$lib "$root/before" "$model" >/dev/null || fail "a program does not run after MINIMAL=1"
nm "$lib/libpicket.a" | grep -q picket_explain && fail "the archive of MINIMAL=1 was not installed"
put fourth PREFIX=/usr MINIMAL=1
cmake -S "$here/minimal" -B "$root/minimal" -DPicket_DIR="$root/fourth/usr/lib/cmake/Picket" >"$root/log.txt" 2>&1 &&
  cmake --build "$root/minimal" >>"$root/log.txt" 2>&1 || { cat "$root/log.txt"; fail "CMake with MINIMAL=1"; }
for part in TYPES=float CONV=0 ""; do
  files=$("$MAKE" --no-print-directory -n install DESTDIR="$root/never" PREFIX=/usr $part)
  installs=$(grep -c "install .*/$so" <<<"$files" || true)
  [ "$installs" = "$([ -n "$part" ] && echo 0 || echo 1)" ] || fail "$part: $installs shared libraries"
done

echo "install: each PREFIX and libdir tells itself, with a blank too, for everybody to read; MINIMAL, TYPES and CONV leave the shared library alone"
