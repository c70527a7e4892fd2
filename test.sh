#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs every test project of Gateway.sln, two at a time, and the allocation
# budgets, and ends with one line: N passed, N failed, N skipped.
set -u
cd "$(dirname "$0")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# So long a test host may take to remove what its tests share when it ends; by default it is killed after a tenth of a second.
export VSTEST_TESTHOST_SHUTDOWN_TIMEOUT=20000

tests/install-tools.sh || { printf '\n0 passed, 1 failed, 0 skipped\n'; exit 1; }

. tests/temp-root.sh
results=$temp_root/results
mkdir "$results"
compiler="session-gateway-$$" lanes=()
end() {
    pkill -f -- "-pipename:$compiler"
    # Its socket is in /tmp whatever TMPDIR says, and outlives it.
    rm -f "/tmp/$compiler"
    remove_temp_root
}
trap end EXIT
trap 'kill "${lanes[@]}" 2>/dev/null; wait; exit 130' INT TERM
passed=0 failed=0 skipped=0

section() { printf '\n== %s (%s)\n' "$1" "$(date -u +%H:%M:%S)"; }

section build
# One compiler process for all projects, under a name of its own, instead of one start per project: half the time.
shared=(-p:UseSharedCompilation=true -p:SharedCompilationId="$compiler")
if ! dotnet build Gateway.sln -c Release -v quiet --nologo "${shared[@]}"; then
    printf '\n0 passed, 1 failed, 0 skipped\n'
    exit 1
fi

# Sources that the build above has analyzed are compiled again below, for asserts and for older clients: analyzers are two thirds of a compile.
again=("${shared[@]}" -p:RunAnalyzersDuringBuild=false -p:ReadyToRunImages=false)

# Runs a test project, prints what it says in one piece, and notes its results for the sum. The arguments behind its name and project go
# to `dotnet test`.
run_tests() {
    local name=$1 project=$2 started log code counters p f t e left
    shift 2
    started=$(date -u +%H:%M:%S)
    log="$results/$name.trx"
    timeout 1800 dotnet test "$project" -c "${configuration:-Release}" --nologo -v quiet --logger "console;verbosity=minimal" \
        --logger "trx;LogFileName=$log" "$@" > "$results/$name.out" 2>&1 &
    running=$!
    wait "$running"
    code=$?
    counters=$(grep -o '<Counters [^>]*>' "$log" 2>/dev/null | head -n 1)
    count() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
    p=$(count passed) f=$(count failed) t=$(count total) e=$(count executed)
    f=${f:-0}
    # A project that ran nothing, or broke without naming a failed test, has failed.
    if [ "${e:-0}" -eq 0 ] || { [ $code -ne 0 ] && [ "$f" -eq 0 ]; }; then
        echo "$name: ended with exit code $code and ${e:-0} tests run" >> "$results/$name.out"
        f=$((f + 1))
    fi
    left=$(left_in_temp_root)
    if [ -n "$left" ]; then
        echo "$name: left in the temp folder: $left" >> "$results/$name.out"
        f=$((f + 1))
        clear_temp_root
    fi
    echo "${p:-0} $f $((${t:-0} - ${e:-0}))" > "$results/$name.counts"
    {
        flock 9
        printf '\n== %s (%s to %s)\n' "$name" "$started" "$(date -u +%H:%M:%S)"
        cat "$results/$name.out"
    } 9> "$results/printing"
}

run_project() { run_tests "$(basename "$1")" "$1/$(basename "$1").csproj" --no-build; }

# Once more with asserts and guards alive, in optimized code: lock held, sums, tokens, canaries, owners that nobody disposed. The
# store, commands on it, and the server around it; left out is what takes long and asserts no more than the rest.
run_asserts() {
    local project filter
    while read -r project filter; do
        configuration=Debug run_tests "$project-asserts" "tests/$project/$project.csproj" "${again[@]}" -p:Optimize=true \
            --filter "$filter"
    done <<'END'
StoreTests FullyQualifiedName~.Segments.|FullyQualifiedName~Collections.Segment|FullyQualifiedName~SoakTests
UnitTests FullyQualifiedName~.Commands.&FullyQualifiedName!~CollectionTests&FullyQualifiedName!~AccountTests
ServerTests FullyQualifiedName!~FullMemoryTests&FullyQualifiedName!~StoreUpkeepTests
END
}

# An older line of StackExchange.Redis, in folders of its own (Directory.Build.props); the build above has the newest. What is about
# payloads and frameworks is the same with every client.
run_older() {
    local older=("${again[@]}" "-p:StackExchangeRedisVersion=$1")
    run_tests "AspNetCoreTests-$1" tests/AspNetCoreTests/AspNetCoreTests.csproj "${older[@]}" \
        --filter "FullyQualifiedName!~Damages&FullyQualifiedName!~Frameworks"
    run_tests "Clients-$1" compat-tests/Clients/Clients.csproj "${older[@]}" --filter StackExchangeRedis
}

# What has to be run, one piece of work a line. Two lanes take one after the other: most projects wait for processes and for time most of
# their time. Those that wait most come first; those that build stand in one line, one after the other.
work="$results/work"
cat > "$work" <<'END'
run_project tests/ResilienceTests
run_project tests/AspNetCoreTests; run_older 1.2.6; run_older 2.13.23; run_asserts
run_project compat-tests/Php
run_project compat-tests/Wire
run_project compat-tests/Clients
run_project tests/UnitTests
run_project tests/StoreTests
run_project compat-tests/Tomcat
run_project compat-tests/Sharing
run_project tests/HostTests
run_project tests/ServerTests
run_project compat-tests/Locks
run_project compat-tests/Sessions
run_project compat-tests/SessionCache
run_project tests/SessionsTests
run_project tests/HouseTests
END

# Projects of the solution that have no line there come last.
for project in $(dotnet sln Gateway.sln list | grep -E '^(tests|compat-tests)/.*\.csproj$'); do
    folder=$(dirname "$project")
    if grep -q 'Microsoft.NET.Test.Sdk' "$project" && ! grep -q "run_project $folder\(;\|\$\)" "$work"; then
        echo "run_project $folder" >> "$work"
    fi
done

# The next piece of work, which no other lane gets.
next_work() {
    {
        flock 9
        head -n 1 "$work"
        sed -i 1d "$work"
    } 9> "$results/taking"
}

lane() {
    local next
    trap 'kill "$running"; exit 143' TERM
    mkdir "$temp_root/$1"
    temp_root=$temp_root/$1
    export TMPDIR=$temp_root
    while next=$(next_work) && [ -n "$next" ]; do
        eval "$next"
    done
}

lane a &
lanes+=($!)
lane b &
lanes+=($!)
for number in "${lanes[@]}"; do
    wait "$number" || failed=$((failed + 1))
done
while read -r p f s; do
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done < <(cat "$results"/*.counts)

section "allocation budgets"
if dotnet run -c Release --no-build --project bench/Microbench -- budgets; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
fi

printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
