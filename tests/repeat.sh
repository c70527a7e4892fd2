#!/usr/bin/env bash
# Runs tests of one project again and again and says how often each failed: tests/repeat.sh PROJECT FILTER COUNT [--busy]
#   PROJECT   folder of a test project, built by `dotnet build -c Release`
#   FILTER    what `dotnet test --filter` takes; '' for all
#   --busy    every core is kept busy by something else meanwhile
# Ends with 0 when nothing failed.
set -u
if [ $# -lt 3 ]; then
    sed -n '2,5s/^# //p' "$0" >&2
    exit 2
fi
project=$(cd "$1" && pwd) || exit 2
filter=$2 count=$3 busy=${4:-}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

. "$(dirname "$0")/temp-root.sh"
spinners=()
end() {
    [ ${#spinners[@]} -eq 0 ] || kill "${spinners[@]}" 2>/dev/null
    remove_temp_root
}
trap end EXIT
trap 'exit 130' INT TERM
if [ "$busy" = --busy ]; then
    for _ in $(seq "$(nproc)"); do
        (while :; do :; done) &
        spinners+=($!)
    done
fi

good=0 names=''
for ((round = 1; round <= count; round++)); do
    started=$SECONDS
    output=$(VSTEST_TESTHOST_SHUTDOWN_TIMEOUT=20000 timeout --foreground 900 dotnet test "$project" -c Release --no-build --nologo ${filter:+--filter "$filter"} 2>&1)
    code=$?
    failed=$(printf '%s\n' "$output" | sed -n 's/^ *Failed \(.*\) \[.*\]$/\1/p')
    total=$(printf '%s\n' "$output" | sed -n 's/.*Total: *\([0-9]*\).*/\1/p')
    if [ $code -eq 0 ] && [ -z "$failed" ] && [ "${total:-0}" -gt 0 ]; then
        good=$((good + 1))
    else
        names+="${failed:-ended with exit code $code and ${total:-0} tests run}"$'\n'
        printf '%s\n' "$output" | grep -A 12 '^ *Failed ' || printf '%s\n' "$output" | tail -n 20
    fi
    left=$(left_in_temp_root)
    [ -z "$left" ] || names+="left in the temp folder: $left"$'\n'
    clear_temp_root
    printf 'round %d of %d: %s of %s failed, %d s\n' "$round" "$count" "$(printf '%s' "$failed" | grep -c .)" "${total:-0}" \
        $((SECONDS - started))
done

printf '\n%d of %d rounds passed%s\n' "$good" "$count" "${busy:+ with $(nproc) cores kept busy}"
printf '%s' "$names" | sort | uniq -c | sort -rn
[ "$good" -eq "$count" ] && [ -z "$names" ]
