#!/usr/bin/env bash
# Turns the compiler's text (LLVM IR, not yet optimised) for a bare 32-bit RISC-V into text for
# another 32-bit machine, from standard input to standard output.
# Usage: retarget.sh TARGET [CLANG-FLAG...]
#
# What differs between the two machines at this level, and nothing else, is changed:
# - triple and data layout: as clang states them for TARGET;
# - swiftcc: a calling convention that not every machine has. All functions but the C ones, which
#   never had it, are the archive's own, so any convention does, if callers and callees agree;
# - signext and zeroext: a promise by callers, made by the rules of the first machine. Without it a
#   function extends its small integers itself;
# - processor, features and ABI of the functions and of the module;
# - what is not a C function becomes internal: for MIPS a call of one that is not is linked in
#   another way, and could not be hidden afterwards;
# - the list of what the linker must keep, which is the runtime's exception personality and a note
#   for another linker: nothing here throws through C.
# The text must not be optimised: a load of constant bytes may already be folded in their order.
set -euo pipefail

target=$1
shift
layout=$(clang -target "$target" "$@" -x c -S -emit-llvm -o - /dev/null |
  grep -E '^target (datalayout|triple)')

awk -v layout="$layout" '
  # First time through: which module flags are about the first machine. Their numbers stand in the
  # list of flags, before them.
  { line[NR] = $0 }
  /^![0-9]+ = !\{i32 [0-9]+, !"(target-abi|riscv-isa|SmallDataLimit|Code Model)"/ {
    drop[substr($1, 2)] = 1
  }
  END {
    for (n = 1; n <= NR; n++) {
      text = line[n]
      if (text ~ /^target datalayout/) { print layout; continue }
      if (text ~ /^(target triple|@llvm\.used =)/) continue
      if (text ~ /^!llvm.module.flags/) {
        count = split(text, flag, /[{},]/)
        kept = ""
        for (i = 2; i < count; i++) {
          sub(/^ */, "", flag[i])
          if (!(substr(flag[i], 2) in drop)) kept = kept (kept == "" ? "" : ", ") flag[i]
        }
        print "!llvm.module.flags = !{" kept "}"
        continue
      }
      if (text ~ /^define / && text !~ /@picket_/)
        sub(/^define ((weak|linkonce)_odr )?(protected|hidden) /, "define internal ", text)
      if (text ~ /^@/) sub(/ = ((weak|linkonce)_odr )?(protected|hidden) /, " = internal ", text)
      if (text ~ /^attributes #/)
        gsub(/ "(target-cpu|target-features|target-abi|tune-cpu)"="[^"]*"/, "", text)
      else {
        gsub(/ swiftcc /, " ", text)
        gsub(/ (signext|zeroext)/, "", text)
      }
      print text
    }
  }'
