#!/usr/bin/env bash
# Nanoseconds a record of picket_score beside a dense C loop, for each element type: KERNELS=base
# beside a loop for any x86-64, and the default archive beside one for this machine's processor.
# Usage: scoring.sh PICKET BUILD-FOLDER [PAGE]; the archives and the trainer must have been built. The
# table is printed, and written into a page between its marks "speed".
set -euo pipefail

picket=$1 build=$2 page=${3:-}
cc=${CC:-cc}
out=$build/bench
mkdir -p "$out"

data=${PICKET_DATA:-../shared/data}
if [ -f "$data/nsl-kdd/KDDTrain+.txt.gz" ]; then
  schema=nsl-kdd
  train=$data/nsl-kdd/KDDTrain+.txt.gz
  gzip -dc "$data/nsl-kdd/KDDTest+.txt.gz" > "$out/records.csv"
else
  schema=synth
  train=$out/train.csv
  "$picket" synth --rows 60000 --seed 1 -o "$train"
  tail -n +2 "$train" | head -20000 > "$out/records.csv"
fi
"$picket" train "$train" --schema "$schema" --detector anoean --seed 1 -o "$out/model" > /dev/null
for type in float16 int8 int8-integer; do
  "$picket" export "$out/model" --type $type -o "$out/$type.picket" > /dev/null
done

for kernels in base all; do
  name=x86_64-linux-gnu$([ $kernels = all ] || echo "-$kernels")
  march=$([ $kernels = all ] && echo native || echo x86-64)
  "$cc" -std=c11 -O3 -march=$march -Wall -Wextra -I include Benchmarks/scoring.c \
    "$build/lib/$name/libpicket.a" -lm -o "$out/scoring-$kernels"
done

echo "One core of: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $("$cc" --version | head -1)"
echo "Records: $(wc -l < "$out/records.csv") of $schema; medians of 15 passes; nanoseconds a record, record to score"
echo
{
  echo "| KERNELS= | weights | model bytes | picket_score | picket_score_batch | dense C loop, -O3 | loop / picket_score | largest difference |"
  echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
  for kernels in base all; do
    "$out/scoring-$kernels" "$kernels" "$out/records.csv" "$out/model/model.picket" \
      "$out/float16.picket" "$out/int8.picket" "$out/int8-integer.picket"
  done
} | tee "$out/speed.md"
[ -z "$page" ] || "${PYTHON:-python3}" Tests/Shared/pages.py "$page" speed < "$out/speed.md"
