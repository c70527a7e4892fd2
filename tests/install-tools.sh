#!/usr/bin/env bash
# Installs the real clients and servers that the tests run against (Debian). Does nothing when all are there.
set -u
packages=(
    php-illuminate-session php-illuminate-cache php-illuminate-redis php-illuminate-config php-illuminate-container
    php-illuminate-queue php-symfony-http-foundation php-symfony-lock php-nrk-predis
    php-cli php-fpm php-memcached php-memcache php-redis php-igbinary php-msgpack
    memcached redis-server redis-sentinel libmemcached-tools
    default-jdk-headless libspymemcached-java libtomcat9-java
    python3 python3-pymemcache python3-pylibmc python3-django python3-django-redis python3-redis python3-yaml ruby-redis
    nginx-light curl sasl2-bin libsasl2-modules
    nodejs npm procps systemd
)
missing=()
for package in "${packages[@]}"; do
    case "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" in
        "install ok installed") ;;
        *) missing+=("$package") ;;
    esac
done
# A JDK, Node and npm of any make will do.
if command -v javac >/dev/null; then
    missing=("${missing[@]/default-jdk-headless/}")
fi
if command -v node >/dev/null && command -v npm >/dev/null; then
    missing=("${missing[@]/#nodejs/}")
    missing=("${missing[@]/#npm/}")
fi
read -r -a missing <<< "${missing[*]-}"
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "missing packages, and only root can install them: apt-get install ${missing[*]}" >&2
    exit 1
fi
echo "installing: ${missing[*]}"
# Services of the packages must not start: the tests start their own on free ports.
policy=/usr/sbin/policy-rc.d
made_policy=no
if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' > $policy && chmod +x $policy && made_policy=yes
fi
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
apt-get update -qq > "$log" 2>&1
apt-get install -y -qq --no-install-recommends "${missing[@]}" >> "$log" 2>&1
code=$?
[ $made_policy = yes ] && rm -f $policy
[ $code -eq 0 ] || tail -n 20 "$log" >&2
rm -f "$log"
exit $code
