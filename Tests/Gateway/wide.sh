#!/bin/sh
# Files beyond 2 GiB, and times after 2038: compiles picketd for a machine of 32 bits, and looks at what it asks
# the C library for.
#
#   CC=arm-linux-gnueabihf-gcc wide.sh FOLDER FLAGS...
set -eu
folder=$1
shift
mkdir -p "$folder"
rm -f "$folder"/*.o
for source in examples/gateway/*.c; do
  [ "$source" = examples/gateway/source_interface.c ] || "$CC" "$@" -c "$source" -o "$folder/$(basename "$source" .c).o"
done
asked=$(nm --undefined-only "$folder"/*.o | sed -n 's/^ *U //p' | sort -u)
narrow=$(echo "$asked" | grep -xE 'open|openat|fopen|lseek|pread|ftruncate|fcntl|f?stat|__fxstat|clock_gettime|gmtime_r|time|mmap' || true)
[ -z "$narrow" ] || { echo "gateway: 32 bits: picketd asks for" $narrow "of 32 bits" >&2; exit 1; }
wide=$(echo "$asked" | grep -cE '64(_time64)?$')
[ "$wide" -ge 8 ] || { echo "gateway: 32 bits: only $wide functions of 64 bits" >&2; exit 1; }
echo "gateway: 32 bits: files and times have 64, in $wide functions"
