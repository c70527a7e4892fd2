#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs every test project of Gateway.sln and the allocation budgets, and
# ends with one line: N passed, N failed, N skipped.
set -u
cd "$(dirname "$0")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# So long a test host may take to remove what its tests share when it ends; by default it is killed after a tenth of a second.
export VSTEST_TESTHOST_SHUTDOWN_TIMEOUT=20000

tests/install-tools.sh || { printf '\n0 passed, 1 failed, 0 skipped\n'; exit 1; }

. tests/temp-root.sh
results=$temp_root/results
mkdir "$results"
trap remove_temp_root EXIT
trap 'exit 130' INT TERM
passed=0 failed=0 skipped=0

section() { printf '\n== %s (%s)\n' "$1" "$(date -u +%H:%M:%S)"; }

section build
# One compiler process for all projects, under a name of its own, instead of one start per project: half the time.
compiler="session-gateway-$$"
dotnet build Gateway.sln -c Release -v quiet --nologo -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler"
built=$?
compilers=$(pgrep -f -- "-pipename:$compiler") && kill $compilers
if [ $built -ne 0 ]; then
    printf '\n0 passed, 1 failed, 0 skipped\n'
    exit 1
fi

# Runs a test project and counts its results. The rest of the arguments go to `dotnet test`.
run_tests() {
    local name=$1 project=$2
    shift 2
    section "$name"
    log="$results/$name.trx"
    timeout 900 dotnet test "$project" -c "${configuration:-Release}" --nologo -v quiet --logger "console;verbosity=minimal" \
        --logger "trx;LogFileName=$log" "$@"
    code=$?
    counters=$(grep -o '<Counters [^>]*>' "$log" 2>/dev/null | head -n 1)
    count() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
    p=$(count passed) f=$(count failed) t=$(count total) e=$(count executed)
    passed=$((passed + ${p:-0}))
    failed=$((failed + ${f:-0}))
    skipped=$((skipped + ${t:-0} - ${e:-0}))
    # A project that ran nothing, or broke without naming a failed test, has failed.
    if [ "${e:-0}" -eq 0 ] || { [ $code -ne 0 ] && [ "${f:-0}" -eq 0 ]; }; then
        echo "$name: ended with exit code $code and ${e:-0} tests run"
        failed=$((failed + 1))
    fi
    left=$(left_in_temp_root)
    if [ -n "$left" ]; then
        echo "$name: left in the temp folder: $left"
        failed=$((failed + 1))
        clear_temp_root
    fi
}

for project in $(dotnet sln Gateway.sln list | grep -E '^(tests|compat-tests)/.*\.csproj$'); do
    grep -q 'Microsoft.NET.Test.Sdk' "$project" && run_tests "$(basename "$project" .csproj)" "$project" --no-build
done

# Once more with asserts and guards alive, in optimized code: lock held, sums, tokens, canaries, owners that nobody disposed. The
# store, commands on it, and the server around it; left out is what takes long and asserts no more than the rest.
run_with_asserts() {
    configuration=Debug run_tests "$1-asserts" "tests/$1/$1.csproj" -p:Optimize=true -p:ReadyToRunImages=false --filter "$2"
}
run_with_asserts StoreTests "FullyQualifiedName~.Segments.|FullyQualifiedName~Collections.Segment|FullyQualifiedName~SoakTests"
run_with_asserts UnitTests "FullyQualifiedName~.Commands.&FullyQualifiedName!~CollectionTests&FullyQualifiedName!~AccountTests"
run_with_asserts ServerTests "FullyQualifiedName!~FullMemoryTests&FullyQualifiedName!~StoreUpkeepTests"

# Older lines of StackExchange.Redis, in folders of their own (Directory.Build.props); the build above has the newest. What is
# about payloads and frameworks is the same with every client.
for version in 1.2.6 2.13.23; do
    older=(-p:StackExchangeRedisVersion=$version -p:ReadyToRunImages=false)
    run_tests "AspNetCoreTests-$version" tests/AspNetCoreTests/AspNetCoreTests.csproj "${older[@]}" \
        --filter "FullyQualifiedName!~Damages&FullyQualifiedName!~Frameworks"
    run_tests "Clients-$version" compat-tests/Clients/Clients.csproj "${older[@]}" --filter StackExchangeRedis
done

section "allocation budgets"
if dotnet run -c Release --no-build --project bench/Microbench -- budgets; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
fi

printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
