"""redis-py against one server: redis_checks.py PORT [PASSWORD]"""

import sys
import threading
import time

import redis

from checks import check, run, same


@check("connect, name, info")
def _(r):
    same(True, r.ping())
    same(b"echo", r.echo("echo"))
    same(True, r.client_setname("python"))
    same("python", r.client_getname())
    same(True, r.client_id() > 0)
    same(True, any(c["name"] == "python" for c in r.client_list()))
    info = r.info()
    for name in ("redis_version", "connected_clients", "used_memory", "uptime_in_seconds", "role"):
        same(True, name in info)
    same("master", r.info("replication")["role"])
    same(True, isinstance(r.config_get("databases"), dict))
    same(True, r.command_count() > 50)


@check("strings with all options of SET")
def _(r):
    same(True, r.set("py:a", b"\x00value\r\n"))
    same(b"\x00value\r\n", r.get("py:a"))
    same(None, r.get("py:unknown"))
    same(True, r.set("py:nx", "1", nx=True))
    same(None, r.set("py:nx", "2", nx=True))
    same(True, r.set("py:nx", "3", xx=True))
    same(None, r.set("py:xx", "3", xx=True))
    same(b"3", r.set("py:nx", "4", get=True))
    same(True, r.set("py:ttl", "x", ex=100))
    same(True, r.set("py:ttl", "y", keepttl=True))
    same(True, 98 <= r.ttl("py:ttl") <= 100)
    same(True, r.set("py:ttl", "z"))
    same(-1, r.ttl("py:ttl"))
    same(True, r.set("py:px", "x", px=90_000))
    same(True, 80_000 < r.pttl("py:px") <= 90_000)
    same(True, r.set("py:exat", "x", exat=int(time.time()) + 50))
    same(True, 48 <= r.ttl("py:exat") <= 50)


@check("SETEX, PSETEX, SETNX, GETSET, GETDEL, GETEX, APPEND, STRLEN")
def _(r):
    same(True, r.setex("py:setex", 100, "x"))
    same(True, r.psetex("py:psetex", 100_000, "x"))
    same(True, r.setnx("py:setnx", "x"))
    same(False, r.setnx("py:setnx", "y"))
    same(b"x", r.getset("py:setnx", "z"))
    same(b"z", r.getdel("py:setnx"))
    same(None, r.getdel("py:setnx"))
    same(b"x", r.getex("py:setex", ex=500))
    same(True, 498 <= r.ttl("py:setex") <= 500)
    same(b"x", r.getex("py:setex", persist=True))
    same(-1, r.ttl("py:setex"))
    same(3, r.append("py:append", "abc"))
    same(6, r.append("py:append", "def"))
    same(6, r.strlen("py:append"))


@check("several keys at once")
def _(r):
    same(True, r.mset({f"py:m{number}": number for number in range(100)}))
    same([b"5", None, b"7"], r.mget("py:m5", "py:missing", "py:m7"))
    same(3, r.exists("py:m1", "py:m2", "py:m2"))
    same(2, r.delete("py:m1", "py:m2", "py:missing"))
    same(1, r.unlink("py:m3"))
    same(2, r.touch("py:m4", "py:m5", "py:missing"))
    same(b"string", r.type("py:m4"))
    same(b"none", r.type("py:missing"))


@check("counters")
def _(r):
    same(1, r.incr("py:count"))
    same(11, r.incrby("py:count", 10))
    same(10, r.decr("py:count"))
    same(-5, r.decrby("py:count", 15))
    r.set("py:text", "abc")
    try:
        r.incr("py:text")
        raise AssertionError("incr of a text succeeded")
    except redis.ResponseError as error:
        same("value is not an integer or out of range", str(error))


@check("expiry")
def _(r):
    r.set("py:e1", "x", px=200)
    r.set("py:e2", "x")
    same(True, r.pexpire("py:e2", 200))
    r.set("py:e3", "x", ex=30)
    same(True, r.persist("py:e3"))
    same(False, r.persist("py:e3"))
    same(True, r.expire("py:e3", 1000))
    same(False, r.expire("py:missing", 10))
    same(True, r.expireat("py:e3", int(time.time()) + 2000))
    same(True, 1_500 <= r.ttl("py:e3") <= 2000)
    same(True, r.pexpireat("py:e3", int(time.time() * 1000) + 3_000_000))
    same(-2, r.ttl("py:missing"))
    same(True, r.set("py:e4", "x") and r.expire("py:e4", -1))
    same(None, r.get("py:e4"))
    time.sleep(0.3)
    same(None, r.get("py:e1"))
    same(0, r.exists("py:e2"))
    same(True, r.set("py:e1", "again", nx=True))


@check("SCAN, KEYS, DBSIZE, RANDOMKEY and databases")
def _(r):
    with other(r, 5) as db5:
        db5.flushdb()
        same(None, db5.randomkey())
        db5.mset({f"scan:{number}": "x" for number in range(500)})
        db5.set("else", "x")
        same({f"scan:{number}".encode() for number in range(500)}, set(db5.scan_iter("scan:*", count=50)))
        same(501, db5.dbsize())
        same(True, db5.randomkey() is not None)
        same({b"scan:1", b"scan:10", b"scan:100"}, set(db5.keys("scan:1")) | set(db5.keys("scan:10"))
             | set(db5.keys("scan:100")))
        same([b"else"], db5.keys("els?"))
        same([b"else"], db5.keys("[a-f]lse"))
        same(None, r.get("else"))
        db5.flushdb()
        same(0, db5.dbsize())
    same(True, r.dbsize() > 10)


@check("a pipeline without transaction")
def _(r):
    with r.pipeline(transaction=False) as pipe:
        for number in range(1000):
            pipe.set(f"py:pipe:{number}", number, ex=60)
        for number in range(1000):
            pipe.get(f"py:pipe:{number}")
        answers = pipe.execute()
    same([True] * 1000 + [str(number).encode() for number in range(1000)], answers)


@check("errors inside a pipeline stay where they belong")
def _(r):
    with r.pipeline(transaction=False) as pipe:
        pipe.set("py:p1", "x").incr("py:p1").execute_command("NOSUCHCOMMAND", "x").get("py:p1")
        answers = pipe.execute(raise_on_error=False)
    same(True, answers[0])
    same("value is not an integer or out of range", str(answers[1]))
    same(True, str(answers[2]).startswith("unknown command 'NOSUCHCOMMAND', with args beginning with: 'x'"))
    same(b"x", answers[3])


@check("publish and subscribe")
def _(r):
    listener = r.pubsub(ignore_subscribe_messages=True)
    listener.subscribe("py:news")
    listener.get_message(timeout=60)
    same(1, r.publish("py:news", b"hello\r\n"))
    message = listener.get_message(timeout=60) or listener.get_message(timeout=60)
    same((b"py:news", b"hello\r\n"), (message["channel"], message["data"]))
    listener.unsubscribe("py:news")
    listener.get_message(timeout=60)
    same(0, r.publish("py:news", "unheard"))
    listener.close()


@check("the library's own lock: lengthened, renewed, released by its owner only")
def _(r):
    r.delete("py:own")
    mine, other = r.lock("py:own", timeout=100), r.lock("py:own", timeout=100, blocking=False)
    same(True, mine.acquire(token="me"))
    same(False, other.acquire())
    same(True, mine.extend(100))
    same(True, 150_000 <= r.pttl("py:own") <= 200_000)
    same(True, mine.extend(50, replace_ttl=True))
    same(True, 10_000 <= r.pttl("py:own") <= 50_000)
    same(True, mine.reacquire())
    same(True, 60_000 <= r.pttl("py:own") <= 100_000)
    r.set("py:own", "thief", keepttl=True)
    for call in (lambda: mine.extend(1), mine.reacquire):
        try:
            call()
            same("LockNotOwnedError", None)
        except redis.exceptions.LockNotOwnedError:
            pass
    r.set("py:own", "me", keepttl=True)
    mine.release()
    same(0, r.exists("py:own"))


@check("a lock as session handlers take it, released by phpredis' script")
def _(r):
    script = ('if redis.call("get",KEYS[1]) == ARGV[1] then return redis.call("del",KEYS[1]) else return 0 end')
    same(True, r.set("py:lock", "owner", nx=True, px=5000))
    same(None, r.set("py:lock", "thief", nx=True, px=5000))
    same(0, r.eval(script, 1, "py:lock", "thief"))
    sha = r.script_load(script)
    same([True], r.script_exists(sha))
    same(1, r.evalsha(sha, 1, "py:lock", "owner"))
    same(0, r.evalsha(sha, 1, "py:lock", "owner"))


@check("Spring Session's listener hears of sessions that expire and that are deleted")
def _(r):
    old = r.config_get("notify-keyspace-events")["notify-keyspace-events"]
    same(True, r.config_set("notify-keyspace-events", "".join(sorted(set(old + "gxE")))))
    same(True, set("gxE") <= set(r.config_get("notify-keyspace-events")["notify-keyspace-events"].replace("A", "gx")))
    with r.pubsub() as listener:
        listener.psubscribe("__keyevent@*__:expired", "__keyevent@*__:del")
        same("psubscribe", listener.get_message(timeout=60)["type"])
        same("psubscribe", listener.get_message(timeout=60)["type"])
        for number in range(20):
            r.set(f"py:sessions:expires:{number}", "", px=50)
        with other(r, 7) as seventh:
            seventh.set("py:sessions:expires:7", "")
            seventh.delete("py:sessions:expires:7")
        heard = set()
        deadline = time.time() + 60
        while len(heard) < 21 and time.time() < deadline:
            if message := listener.get_message(timeout=1):
                heard.add((message["channel"], message["data"]))
    wanted = {(b"__keyevent@0__:expired", b"py:sessions:expires:%d" % number) for number in range(20)}
    same(wanted | {(b"__keyevent@7__:del", b"py:sessions:expires:7")}, heard)
    same(True, r.config_set("notify-keyspace-events", old))


@check("values up to 5 MB")
def _(r):
    for size in (0, 1, 16_384, 100_000, 1_048_576, 5_000_000):
        value = bytes(range(256)) * (size // 256) + b"e" * (size % 256)
        r.set("py:large", value)
        same(value, r.get("py:large"))


@check("INCR of 8 threads loses nothing")
def _(r):
    def work():
        for _ in range(200):
            r.incr("py:sum")

    threads = [threading.Thread(target=work) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    same(b"1600", r.get("py:sum"))


@check("a killed connection comes back")
def _(r):
    with other(r, 0) as victim:
        number = victim.client_id()
        same(True, r.client_kill_filter(_id=str(number)) == 1)
        same(True, victim.ping())


def other(r, database):
    """A client of its own, over one connection, to another database."""
    return redis.Redis(**{**r.connection_pool.connection_kwargs, "db": database}, single_connection_client=True)


if __name__ == "__main__":
    client = redis.Redis(port=int(sys.argv[1]), password=sys.argv[2] if len(sys.argv) > 2 else None,
                         retry_on_error=[redis.ConnectionError], socket_timeout=60)
    client.flushall()
    run(client)
