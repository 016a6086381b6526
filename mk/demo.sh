#!/usr/bin/env bash
# The main job, end to end: trains a detector, exports it, and scores the test file from C.
# Usage: demo.sh PICKET ARCHIVE FOLDER
set -euo pipefail

picket=$1 archive=$2 out=$3
cc=${CC:-cc}
mkdir -p "$out"

data=${PICKET_DATA:-../shared/data}
if [ -f "$data/nsl-kdd/KDDTrain+.txt.gz" ]; then
  schema=nsl-kdd
  train=$data/nsl-kdd/KDDTrain+.txt.gz
  test=$data/nsl-kdd/KDDTest+.txt.gz
  echo "Data: NSL-KDD, from $data"
else
  schema=synth
  train=$out/train.csv
  test=$out/test.csv
  echo "Data: simulated gateway records from 'picket synth', because $data has no NSL-KDD."
  echo "      (docs/DATA.md tells where to get it; set PICKET_DATA to its folder.)"
  "$picket" synth --rows 100000 --seed 1 -o "$train"
  "$picket" synth --rows 20000 --seed 2 -o "$test"
fi

# The records as text, for C: uncompressed, without a header.
records=$out/records.csv
case $test in
  *.gz) gzip -dc "$test" > "$records" ;;
  *) tail -n +2 "$test" > "$records" ;;
esac

# The C program sees the header and the archive, nothing else. What it gained is what linking the
# archive added to it.
"$cc" -std=c99 -O2 -ffunction-sections -I include -c examples/score_file.c -o "$out/score_file.o"
"$cc" -Wl,--gc-sections "$out/score_file.o" "$archive" -o "$out/score_file"
"$cc" -Wl,--gc-sections -Wl,--unresolved-symbols=ignore-all "$out/score_file.o" -o "$out/without"
total() { size "$1" | awk 'NR == 2 { print $4 }'; }
gained=$(($(total "$out/score_file") - $(total "$out/without")))

number() { sed -nE "s/^ *\"$1\" *: *([-+0-9.eE]+),?$/\1/p" "$2"; }
measured() { sed -nE "s/^$1 (.*)$/\1/p" "$2"; }
rounded() { printf '%.4f' "$(number "$1" "$2")"; }
row() { printf '  %-46s %s\n' "$1" "$2"; }

demo() { # NAME TITLE TRAIN-OPTIONS...
  local name=$1 title=$2
  shift 2
  local run=$out/$name
  echo
  echo "== $title"
  "$picket" train "$train" --schema "$schema" --seed 1 -o "$run" "$@"
  "$out/score_file" "$run/model.picket" "$records" 0.001 > "$run/scores.csv" 2> "$run/score_file.txt"
  "$picket" eval "$run/model.picket" "$test" --schema "$schema" --scores "$run/scores.csv" \
    --tolerance 1e-4 --budget 0.001 --json > "$run/eval.json"
  echo
  echo "$title, scored by a C program:"
  row "model file, bytes" "$(measured model_bytes "$run/score_file.txt")"
  row "code that the C program gained, bytes" "$gained"
  row "scratch memory, bytes" "$(measured scratch_bytes "$run/score_file.txt")"
  row "records a second, text to verdict" "$(measured records_per_second "$run/score_file.txt")"
  row "AUC-PR" "$(rounded auc_pr "$run/eval.json")"
  row "AUC-ROC" "$(rounded auc_roc "$run/eval.json")"
  row "TPR at 1 % FPR" "$(rounded tpr_at_1_fpr "$run/eval.json")"
  row "alarms at a budget of 1 in 1,000" \
    "$(number alarms_on_normal "$run/eval.json") of $(number normal "$run/eval.json") normal, $(number alarms_on_anomalies "$run/eval.json") of $(number anomalies "$run/eval.json") anomalous"
  [ "$schema" = synth ] ||
    row "" "(KDDTest+ was recorded apart from the training file, and differs)"
  row "largest difference from the trainer's scores" \
    "$(number largest_relative_difference "$run/eval.json") (relative)"
  echo
  printf '  %8s  %12s  %10s  %-8s %s\n' record score p-value verdict label
  local count
  count=$(wc -l < "$records")
  # Five at even distances, normal and anomalous in turn.
  awk -F, -v step=$((count / 5)) 'NR == FNR { label[FNR] = $(NF - last); next }
    FNR > 1 && shown < 5 && $1 > shown * step && (label[$1] == "normal") == (shown % 2 == 0) {
      shown++
      printf "  %8d  %12.5f  %10.3g  %-8s %s\n", $1, $2, $3, $5, label[$1]
    }' last=$([ "$schema" = nsl-kdd ] && echo 1 || echo 0) "$records" "$run/scores.csv"
}

demo anoean "AnoEAN: normal records and a few labelled anomalies" --detector anoean
demo vae "VAE: normal records alone" --detector vae
