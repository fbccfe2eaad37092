#!/bin/sh
# Measures the figures of docs/hearing.md anew, but for those that it says are left out: sh bench/figures.sh FOLDER-OF-RECORDINGS [WHERE]. Takes hours; run it alone.
set -eu
audio=${1:?name the folder with the recordings and their manifest.tsv}
into=${2:-build/figures}
mkdir -p "$into"
bench() {
	name=$1
	shift
	echo "$name: voicecoach bench $*"
	{ echo "\$ voicecoach bench $*"; .venv/bin/voicecoach bench "$@"; } >"$into/$name.txt" 2>"$into/$name.err" ||
		{ echo "$name failed:"; tail -3 "$into/$name.err"; }
}
bench load load --runs 5 --live
bench latency latency --voices 3
bench barge-in barge_in --trials 30
bench barge-in-speakers barge_in --trials 30 --leak -10 --leak -3 --speakers
bench hearing hearing "$audio" --noise 20 --noise 10 --noise 5 --noise 0 --rooms
bench plain hearing "$audio" --plain --noise 10 --every 2
bench ablation-quiet hearing "$audio" --ablation --every 3
bench ablation-noise hearing "$audio" --ablation --noise 10 --no-quiet --every 4
bench bystanders bystanders "$audio" --minutes 60
bench bystanders-live bystanders "$audio" --minutes 10 --live
bench leak leak "$audio" --minutes 60 --leak -10
bench leak-loud leak "$audio" --minutes 20 --leak -3 --leak 0
echo "The figures are in $into."
