"""redis-py and pymemcache at a backup that forwards: any_address_checks.py PRIMARY BACKUP, ports that understand
memcached and Redis."""

import sys
import threading
import time

import redis
from pymemcache.client.base import Client

from checks import check, run, same

PRIMARY, BACKUP = int(sys.argv[1]), int(sys.argv[2])
primary = redis.Redis(port=PRIMARY, socket_timeout=60)
backup = redis.Redis(port=BACKUP, socket_timeout=60, client_name="b")
text = Client(("127.0.0.1", BACKUP), timeout=60)
direct = Client(("127.0.0.1", PRIMARY), timeout=60)


@check("a connection of redis-py goes to the primary as who it is")
def a_connection_goes_to_the_primary():
    other = redis.Redis(port=BACKUP, db=3, client_name="named", protocol=3, socket_timeout=60) \
        if "protocol" in redis.Redis.__init__.__code__.co_varnames \
        else redis.Redis(port=BACKUP, db=3, client_name="named", socket_timeout=60)
    same(True, other.set("a", "1"))
    same(b"1", redis.Redis(port=PRIMARY, db=3, socket_timeout=60).get("a"))
    same("named", other.client_getname())
    same("slave", other.info("replication")["role"])
    same(b"1", other.get("a"))


@check("pipelines, transactions and watched keys")
def pipelines_transactions_and_watched_keys():
    same([True] * 500, backup.pipeline(transaction=False).execute() or
         [backup.set(f"k{i}", i) for i in range(500)])
    pipe = backup.pipeline(transaction=False)
    for i in range(500):
        pipe.get(f"k{i}")
    same([str(i).encode() for i in range(500)], pipe.execute())
    with backup.pipeline() as pipe:
        pipe.watch("w")
        value = int(pipe.get("w") or 0)
        pipe.multi()
        pipe.set("w", value + 1)
        same([True], pipe.execute())
        pipe.watch("w")
        primary.set("w", "changed")
        pipe.multi()
        pipe.set("w", "lost")
        try:
            pipe.execute()
            raise AssertionError("a change of a watched key was not seen")
        except redis.WatchError:
            same(b"changed", primary.get("w"))


@check("a request that waits is served by the primary")
def a_request_that_waits_is_served_by_the_primary():
    found = []
    waiter = threading.Thread(target=lambda: found.append(backup.blpop("list", 60)))
    waiter.start()
    # The primary says when somebody waits.
    for _ in range(6000):
        if primary.info("clients")["blocked_clients"] > 0:
            break
        time.sleep(0.01)
    primary.rpush("list", "x")
    waiter.join(60)
    same([(b"list", b"x")], found)


@check("messages are heard at both")
def messages_are_heard_at_both():
    here, there = backup.pubsub(), primary.pubsub()
    here.subscribe("c")
    there.subscribe("c")
    same("subscribe", here.get_message(timeout=60)["type"])
    same("subscribe", there.get_message(timeout=60)["type"])
    for sender in (primary, backup):
        same(2, sender.publish("c", "m"))
        same(b"m", here.get_message(timeout=60)["data"])
        same(b"m", there.get_message(timeout=60)["data"])


@check("scripts")
def scripts():
    script = backup.register_script("return redis.call('incrby', KEYS[1], ARGV[1])")
    same(5, script(keys=["s"], args=[5]))
    same(b"5", primary.get("s"))


@check("pymemcache: order, cas and noreply")
def memcached_text():
    same(True, text.set("m", "1", noreply=False))
    text.set("m", "2", noreply=True)
    value, unique = text.gets("m")
    same((b"2", unique), (value, direct.gets("m")[1]))
    same(True, direct.set("m", "3", noreply=False))
    same(False, text.cas("m", "lost", unique, noreply=False))
    same(b"3", text.get("m"))
    text.set_many({f"m{i}": str(i) for i in range(200)}, noreply=True)
    same(200, len(text.get_many([f"m{i}" for i in range(200)])))
    same(200, len(direct.get_many([f"m{i}" for i in range(200)])))


@check("quiet connections go on when the backup becomes the primary")
def quiet_connections_go_on():
    same(True, backup.set("last", "1"))
    idle = backup.connection_pool.get_connection("GET") if redis.VERSION[0] < 6 else None
    if idle is not None:
        backup.connection_pool.release(idle)
    same(1, primary.wait(1, 60000))
    admin = redis.Redis(port=BACKUP, socket_timeout=60)
    same(True, admin.execute_command("REPLICAOF", "NO", "ONE") in (True, b"OK", "OK"))
    same(b"1", backup.get("last"))
    same("master", backup.info("replication")["role"])
    same(b"3", text.get("m"))
    same(True, text.set("m", "4", noreply=False))
    same(b"3", direct.get("m"))


run()
