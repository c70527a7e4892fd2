#!/usr/bin/env bash
# Shows for each PHP session handler: log in through nginx, alternate between two PHP servers, stop one of them, still
# logged in, log out. Starts everything on free loopback ports as the current user and stops it by pid.
#
#   php-samples/demo.sh                              # starts a gateway of its own
#   php-samples/demo.sh 127.0.0.1:11211 127.0.0.1:6379   # uses a running one (memcached address, Redis address)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
dir=$(mktemp -d)
pids=()

stop() { kill "$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; }
cleanup() {
    for pid in "${pids[@]-}"; do [ -n "$pid" ] && stop "$pid"; done
    rm -rf "$dir"
}
trap cleanup EXIT
fail() { echo "FAILED: $*" >&2; cat "$dir"/*.log >&2 2>/dev/null || true; exit 1; }

free_port() {
    php -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo explode(":", stream_socket_get_name($s, false))[1];'
}
wait_for() {
    for _ in $(seq 300); do
        if (exec 3<> "/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return; fi
        sleep 0.1
    done
    fail "nothing listens on port $1"
}

if [ $# -ge 2 ]; then
    memcached_address=$1 redis_address=$2
else
    m=$(free_port) r=$(free_port)
    dll=${GATEWAY_DLL:-}
    if [ -n "$dll" ]; then
        dotnet "$dll" --listen "127.0.0.1:$m/auto" --listen "127.0.0.1:$r/resp" > "$dir/gateway.log" 2>&1 &
    else
        dotnet build -c Release -v quiet --nologo "$root/src/Gateway" > "$dir/build.log" || fail "build"
        dotnet "$root/src/Gateway/bin/Release/net10.0/gateway.dll" \
            --listen "127.0.0.1:$m/auto" --listen "127.0.0.1:$r/resp" > "$dir/gateway.log" 2>&1 &
    fi
    pids+=($!)
    wait_for "$m"
    wait_for "$r"
    memcached_address=127.0.0.1:$m redis_address=127.0.0.1:$r
fi
echo "gateway: memcached on $memcached_address, Redis on $redis_address"

# The configuration directory of the system (extensions) and this sample's ini file with the gateway's address in it.
php_server() { # node port ini
    NODE=$1 PHP_INI_SCAN_DIR=":$dir/$3" php -S "127.0.0.1:$2" -t "$here/app" > "$dir/php-$1.log" 2>&1 &
    started=$!
    pids+=("$started")
    wait_for "$2"
}

jar=$dir/cookies
ask() { curl -sS --max-time 10 -b "$jar" -c "$jar" "http://127.0.0.1:$web/index.php$1" || fail "request $1"; }
expect() { # what, answer, pattern
    echo "  $1: $2"
    case $2 in *"$3"*) ;; *) fail "$1: expected $3" ;; esac
}

for handler in memcached memcache redis; do
    echo
    echo "== $handler"
    mkdir "$dir/$handler"
    sed -e "s/127\.0\.0\.1:11211/$memcached_address/; s/127\.0\.0\.1:6379/$redis_address/" \
        "$here/$handler.ini" > "$dir/$handler/99-session.ini"
    a=$(free_port) b=$(free_port) web=$(free_port)
    php_server A "$a" "$handler"; server_a=$started
    php_server B "$b" "$handler"; server_b=$started
    sed -e "s|@DIR@|$dir|; s|@A@|$a|; s|@B@|$b|; s|@WEB@|$web|" "$here/nginx.conf.template" > "$dir/nginx.conf"
    "$(command -v nginx || echo /usr/sbin/nginx)" -c "$dir/nginx.conf" -e "$dir/nginx-error.log" &
    nginx=$!
    pids+=("$nginx")
    wait_for "$web"
    rm -f "$jar"

    expect "log in" "$(ask '?do=login&user=anna')" '"user":"anna"'
    seen=
    for item in tea cup spoon pot; do
        answer=$(ask "?do=add&item=$item")
        expect "add $item" "$answer" '"user":"anna"'
        case $answer in *'"node":"A"'*) seen=${seen}A ;; *'"node":"B"'*) seen=${seen}B ;; esac
    done
    case $seen in *A*B* | *B*A*) ;; *) fail "the requests did not alternate: $seen" ;; esac
    expect "both servers see one cart" "$(ask '')" '"cart":["tea","cup","spoon","pot"]'
    stop "$server_a"
    echo "  server A is stopped"
    expect "still logged in" "$(ask '')" '"node":"B","user":"anna","visits":7'
    expect "and again" "$(ask '')" '"node":"B","user":"anna","visits":8'
    expect "log out" "$(ask '?do=logout')" '"user":null'
    expect "logged out for good" "$(ask '')" '"user":null,"visits":1'
    stop "$server_b"
    stop "$nginx"
done
echo
echo "all three handlers: one login on two servers, and it outlives one of them"
