#!/usr/bin/env bash
# Adds up what was lived: per world the lives, the mornings, the canaries and the failures.
# A seed counts once: ranges that overlap are refused, the older line is to be replaced.
set -euo pipefail
awk -F';' '
  $1 == "world" || NF < 9 { next }
  {
    for (i = 1; i <= n[$1]; i++)
      if ($2 <= to[$1, i] && $3 >= from[$1, i]) {
        print "counts.csv, line " NR ": seeds were counted before; replace that line" > "/dev/stderr"
        exit 1
      }
    n[$1]++; from[$1, n[$1]] = $2; to[$1, n[$1]] = $3
    lives[$1] += $4; mornings[$1] += $5; canaries[$1] += $6; found[$1] += $7; failures[$1] += $8
  }
  END {
    for (w in lives)
      printf "%-6s %8d lives %9d mornings %5d canaries, %d found %5d failures\n", \
        w, lives[w], mornings[w], canaries[w], found[w], failures[w] | "sort"
  }' "$(dirname "$0")/counts.csv"
