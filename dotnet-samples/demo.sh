#!/usr/bin/env bash
# Shows one session on two stacks, for each PHP session handler: log in on PHP, the .NET page greets the user and adds to the
# cart, PHP shows the cart, .NET logs out, PHP knows nobody. And the other way round. Starts everything on free loopback ports
# as the current user and stops it by pid.
#
#   dotnet-samples/demo.sh                                   # starts a gateway of its own
#   dotnet-samples/demo.sh 127.0.0.1:11211 127.0.0.1:6379    # uses a running one (memcached address, Redis address)
#
# GATEWAY_DLL and SHOP_DLL name programs that are built already.
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
built() { # project, dll: the built program
    dotnet build -c Release -v quiet --nologo "$root/$1" > "$dir/build.log" || fail "build of $1"
    echo "$root/$1/bin/Release/net10.0/$2"
}

if [ $# -ge 2 ]; then
    memcached_address=$1 redis_address=$2
else
    m=$(free_port) r=$(free_port)
    dll=${GATEWAY_DLL:-$(built src/Gateway gateway.dll)}
    dotnet "$dll" --listen "127.0.0.1:$m/auto" --listen "127.0.0.1:$r/resp" > "$dir/gateway.log" 2>&1 &
    pids+=($!)
    wait_for "$m"
    wait_for "$r"
    memcached_address=127.0.0.1:$m redis_address=127.0.0.1:$r
fi
shop=${SHOP_DLL:-$(built dotnet-samples/Shop Shop.dll)}
echo "gateway: memcached on $memcached_address, Redis on $redis_address"

jar=$dir/cookies
ask() { curl -sS --max-time 20 -b "$jar" -c "$jar" "http://127.0.0.1:$web$1" || fail "request $1"; }
expect() { # what, answer, patterns
    echo "  $1: $2"
    for pattern in "${@:3}"; do
        case $2 in *"$pattern"*) ;; *) fail "$1: expected $pattern" ;; esac
    done
}
session_id() { awk '$6 == "PHPSESSID" { print $7 }' "$jar"; }

for handler in memcached memcache redis; do
    echo
    echo "== PHP with $handler, .NET over RESP"
    mkdir "$dir/$handler"
    sed -e "s/127\.0\.0\.1:11211/$memcached_address/; s/127\.0\.0\.1:6379/$redis_address/" \
        "$root/php-samples/$handler.ini" > "$dir/$handler/99-session.ini"
    php=$(free_port) net=$(free_port) web=$(free_port)
    # The configuration directory of the system (extensions) and the PHP sample's ini file with the gateway's address in it.
    NODE=php PHP_INI_SCAN_DIR=":$dir/$handler" php -S "127.0.0.1:$php" -t "$root/php-samples/app" > "$dir/php.log" 2>&1 &
    php_pid=$!
    pids+=("$php_pid")
    Session__Endpoint=$redis_address Session__Handler=$handler dotnet "$shop" --urls "http://127.0.0.1:$net" > "$dir/net.log" 2>&1 &
    net_pid=$!
    pids+=("$net_pid")
    sed -e "s|@DIR@|$dir|; s|@PHP@|$php|; s|@NET@|$net|; s|@WEB@|$web|" "$here/nginx.conf.template" > "$dir/nginx.conf"
    wait_for "$php"
    wait_for "$net"
    "$(command -v nginx || echo /usr/sbin/nginx)" -c "$dir/nginx.conf" -e "$dir/nginx-error.log" &
    nginx=$!
    pids+=("$nginx")
    wait_for "$web"
    rm -f "$jar"

    expect "PHP: log in" "$(ask '/index.php?do=login&user=anna')" '"node":"php"' '"user":"anna"'
    expect "PHP: add tea" "$(ask '/index.php?do=add&item=tea')" '"cart":["tea"]'
    expect ".NET greets the user" "$(ask '/net')" '"greeting":"Hello anna"' '"visits":3' '"cart":["tea"]'
    expect ".NET: add a cup" "$(ask '/net?do=add&item=cup')" '"node":"net"' '"cart":["tea","cup"]'
    expect "PHP shows the cart" "$(ask '/index.php')" '"node":"php"' '"visits":5' '"cart":["tea","cup"]'
    expect ".NET only reads" "$(ask '/net/cart')" '"visits":5' '"cart":["tea","cup"]'
    expect ".NET: log out" "$(ask '/net?do=logout')" '"user":null'
    expect "logged out on PHP" "$(ask '/index.php')" '"user":null' '"visits":1' '"cart":[]'

    before=$(session_id)
    expect ".NET: log in" "$(ask '/net?do=login&user=bert')" '"greeting":"Hello bert"' '"visits":2'
    [ "$(session_id)" != "$before" ] || fail "the sign-in kept the session id"
    expect "logged in on PHP" "$(ask '/index.php?do=add&item=pot')" '"node":"php"' '"user":"bert"' '"cart":["pot"]'
    expect "PHP: log out" "$(ask '/index.php?do=logout')" '"user":null'
    expect "logged out on .NET" "$(ask '/net/cart')" '"user":null' '"cart":[]'
    stop "$nginx"
    stop "$net_pid"
    stop "$php_pid"
done
echo
echo "all three handlers: one session on PHP and .NET"
