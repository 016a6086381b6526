#!/usr/bin/env bash
# Nanoseconds a record of picket_score beside a dense C loop, for each element type, each built for
# the same processor: once for any x86-64, once for this machine's.
# Usage: scoring.sh PICKET BUILD-FOLDER; the archives and the trainer must have been built.
set -euo pipefail

picket=$1 build=$2
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

for march in x86-64 native; do
  name=x86_64-linux-gnu$([ $march = x86-64 ] || echo "-$march")
  "$cc" -std=c11 -O3 -march=$march -Wall -Wextra -I include Benchmarks/scoring.c \
    "$build/lib/$name/libpicket.a" -lm -o "$out/scoring-$march"
done

echo "One core of: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $("$cc" --version | head -1)"
echo "Records: $(wc -l < "$out/records.csv") of $schema; medians of 15 passes; nanoseconds a record, record to score"
echo
echo "| built for | weights | model bytes | picket_score | picket_score_batch | dense C loop, -O3 | loop / picket_score | largest difference |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
for march in x86-64 native; do
  "$out/scoring-$march" "$march" "$out/records.csv" "$out/model/model.picket" \
    "$out/float16.picket" "$out/int8.picket" "$out/int8-integer.picket"
done
