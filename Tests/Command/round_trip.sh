#!/usr/bin/env bash
# What the Swift writer writes, the Python reader reads; and what a C program scores under it, the
# Python scorer scores within 1e-5, for every detector, score and element type. Lines of text are the same
# records to the command and to the C program.
# Usage: round_trip.sh PICKET ARCHIVE FOLDER
set -euo pipefail

picket=$1 archive=$2 out=$3
cc=${CC:-cc} python=${PYTHON:-python3}
rm -rf "$out"
mkdir -p "$out"
"$cc" -std=c99 -O2 -I include examples/score_file.c "$archive" -o "$out/score_file"

# The C program says what it did not score, and does not end with 0 then.
scores() { # STATUS RECORDS COUNT [RATE]: scores COUNT of them
  local status=0
  "$out/score_file" export/golden/anoean-f32.picket "$2" ${4+"$4"} > "$out/scored" 2> "$out/said" || status=$?
  if [ "$status" != "$1" ] || [ "$(grep -c '^[0-9]' "$out/scored")" != "$3" ]; then
    echo "score_file $2 ${4-}: status $status, not $1, or not $3 scores" >&2
    exit 1
  fi
}
row=1,tcp,http,3,0.5
scores 0 export/golden/anoean-f32.records.csv 16 0.2
scores 64 export/golden/anoean-f32.records.csv 0 0.2abc
scores 1 . 0 0.2
printf '%s\n1,tcp,http,3,0.5\0x\n%s' "$row" "$row" > "$out/nul"
scores 2 "$out/nul" 2 0.2
{ echo "$row"; head -c 131072 /dev/zero | tr '\0' 1; printf ',%s\n%s\n' "$row" "$row"; } > "$out/long"
scores 2 "$out/long" 2 0.2
! "$out/score_file" export/golden/anoean-f32.picket "$out/nul" 0.2 > /dev/full 2> "$out/said" ||
  { echo "score_file does not tell a full disk" >&2; exit 1; }

"$python" Tests/Command/agree_raw.py "$picket" "$out/score_file" "$out"

"$picket" synth --rows 12000 --seed 3 -o "$out/records.csv"
tail -n +2 "$out/records.csv" > "$out/records"

compared=0
check() { # NAME TYPES TRAIN-OPTIONS...
  local name=$1 types=$2
  shift 2
  "$picket" train "$out/records.csv" --schema synth --seed 4 --epochs 3 -o "$out/$name" "$@" \
    > "$out/$name.log" 2>&1 || { cat "$out/$name.log"; exit 1; }
  for type in $types; do
    "$picket" export "$out/$name" --type "$type" -o "$out/$name-$type.picket" > /dev/null
    "$out/score_file" "$out/$name-$type.picket" "$out/records" 0.05 2> /dev/null |
      cut -d, -f2 > "$out/$name-$type.scores"
    "$python" Tests/Machine/python_agrees.py "$out/$name-$type.picket" "$out/records" \
      "$out/$name-$type.scores" --every 40 > "$out/agrees.log" ||
      { cat "$out/agrees.log"; echo "$name in $type: Python and C differ" >&2; exit 1; }
    compared=$((compared + 1))
  done
}
all="float32 float16 int8 int8-integer"
check anoean "$all" --detector anoean
check anoean-tanh "float32 float16 int8" --detector anoean --activation tanh
check vae "$all" --detector vae
check vae-kl "$all" --detector vae --score reconstruction-kl
check vae-latent "$all" --detector vae --score mahalanobis
check distilled "$all" --detector distilled
check vae-curves "$all" --detector vae --features quantile,log
echo "round trip: $compared model files of the Swift writer, read and scored alike by Python and C"
