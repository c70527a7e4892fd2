"""Session stores and locks that work by scripts and events, as their libraries use a server: framework_checks.py PORT

The scripts are this project's own; keys, commands, arguments and what the answers mean are those of the libraries.
"""

import sys
import threading
import time

import redis

from checks import check, run, same

# ASP.NET's RedisSessionStateProvider: data and settings in hashes, a lock beside them that is named by its time.
TAKE = """
local answer = {}
local owner = ARGV[1]
local taken = redis.call('SETNX', KEYS[1], ARGV[1])
local isLocked = true
if taken == 0 then
    owner = redis.call('GET', KEYS[1])
else
    redis.call('EXPIRE', KEYS[1], ARGV[2])
    isLocked = false
end
answer[1] = owner
if owner == ARGV[1] then answer[2] = redis.call('HGETALL', KEYS[2]) else answer[2] = '' end
local timeout = redis.call('HGET', KEYS[3], 'SessionTimeout')
if timeout ~= false then answer[3] = timeout else answer[3] = '-1' end
answer[4] = isLocked
return answer
"""

UPDATE = """
local owner = redis.call('GET', KEYS[1])
if owner == ARGV[1] then
    if tonumber(ARGV[3]) ~= 0 then redis.call('HDEL', KEYS[2], unpack(ARGV, ARGV[4], ARGV[5])) end
    if tonumber(ARGV[6]) ~= 0 then redis.call('HMSET', KEYS[2], unpack(ARGV, ARGV[7], ARGV[8])) end
    redis.call('EXPIRE', KEYS[2], ARGV[2])
    redis.call('HMSET', KEYS[3], 'SessionTimeout', ARGV[2])
    redis.call('EXPIRE', KEYS[3], ARGV[2])
    redis.call('DEL', KEYS[1])
end
return 1
"""

# Redisson's lock: a hash that counts how often each owner has it; who waits is told on a channel.
LOCK = """
if redis.call('exists', KEYS[1]) == 0 or redis.call('hexists', KEYS[1], ARGV[2]) == 1 then
    redis.call('hincrby', KEYS[1], ARGV[2], 1)
    redis.call('pexpire', KEYS[1], ARGV[1])
    return nil
end
return redis.call('pttl', KEYS[1])
"""

UNLOCK = """
if redis.call('hexists', KEYS[1], ARGV[3]) == 0 then
    return nil
end
local left = redis.call('hincrby', KEYS[1], ARGV[3], -1)
if left > 0 then
    redis.call('pexpire', KEYS[1], ARGV[2])
    return 0
end
redis.call('del', KEYS[1])
redis.call('publish', KEYS[2], ARGV[1])
return 1
"""

RENEW = """
if redis.call('hexists', KEYS[1], ARGV[2]) == 1 then
    redis.call('pexpire', KEYS[1], ARGV[1])
    return 1
end
return 0
"""

# Its RMapCache: values packed with their idle time, deadlines in a sorted set.
PUT = """
local before = redis.call('hget', KEYS[1], ARGV[3])
if tonumber(ARGV[2]) > 0 then
    redis.call('zadd', KEYS[2], ARGV[2], ARGV[3])
else
    redis.call('zrem', KEYS[2], ARGV[3])
end
local packed = struct.pack('dLc0', 0, string.len(ARGV[4]), ARGV[4])
redis.call('hset', KEYS[1], ARGV[3], packed)
if before == false then
    redis.call('publish', KEYS[3], struct.pack('Lc0Lc0', string.len(ARGV[3]), ARGV[3], string.len(ARGV[4]), ARGV[4]))
    return nil
end
local _, old = struct.unpack('dLc0', before)
local deadline = redis.call('zscore', KEYS[2], ARGV[3])
if deadline ~= false and tonumber(deadline) <= tonumber(ARGV[1]) then
    return nil
end
return old
"""

FETCH = """
local found = redis.call('hget', KEYS[1], ARGV[2])
if found == false then return nil end
local deadline = redis.call('zscore', KEYS[2], ARGV[2])
if deadline ~= false and tonumber(deadline) <= tonumber(ARGV[1]) then return nil end
local _, value = struct.unpack('dLc0', found)
return value
"""

EVICT = """
local ended = redis.call('zrangebyscore', KEYS[2], 0, ARGV[1], 'limit', 0, ARGV[2])
for i, name in ipairs(ended) do
    local found = redis.call('hget', KEYS[1], name)
    if found ~= false then
        local _, value = struct.unpack('dLc0', found)
        redis.call('publish', KEYS[3], struct.pack('Lc0Lc0', string.len(name), name, string.len(value), value))
    end
end
if #ended > 0 then
    redis.call('zrem', KEYS[2], unpack(ended))
    redis.call('hdel', KEYS[1], unpack(ended))
end
return #ended
"""


@check("RedisSessionStateProvider takes a lock with the session, and others see who has it")
def _(r):
    keys = ["{app_1}_Write_Lock", "{app_1}_Data", "{app_1}_Internal"]
    take = r.register_script(TAKE)
    update = r.register_script(UPDATE)
    same([b"638", [], b"-1", None], take(keys, ["638", 110]))
    same([b"638", b"", b"-1", 1], take(keys, ["639", 110]))
    same(True, 0 < r.ttl(keys[0]) <= 110)
    same(1, update(keys, ["639", 1200, 0, 9, 8, 1, 9, 10, "name", "thief"]))
    same(0, r.exists(keys[1]))
    same(1, update(keys, ["638", 1200, 0, 9, 8, 2, 9, 12, "name", "ann", "cart", b"\x00\xff"]))
    same(0, r.exists(keys[0]))
    same([b"640", [b"name", b"ann", b"cart", b"\x00\xff"], b"1200", None], take(keys, ["640", 110]))
    same(1, update(keys, ["640", 1200, 1, 9, 9, 1, 10, 11, "cart", "name", "bob"]))
    same({b"name": b"bob"}, r.hgetall(keys[1]))
    same(True, 0 < r.ttl(keys[1]) <= 1200 and 0 < r.ttl(keys[2]) <= 1200)


@check("Redisson's lock counts its owner's calls and tells who waits")
def _(r):
    keys = ["order", "redisson_lock__channel:{order}"]
    lock, unlock, renew = r.register_script(LOCK), r.register_script(UNLOCK), r.register_script(RENEW)
    mine, other = "8743c9c0:1", "8743c9c0:2"
    same(None, lock(keys[:1], [30_000, mine]))
    same(None, lock(keys[:1], [30_000, mine]))
    same(True, 0 < lock(keys[:1], [30_000, other]) <= 30_000)
    same(None, unlock(keys, [0, 30_000, other]))
    same(1, renew(keys[:1], [60_000, mine]))
    same(0, renew(keys[:1], [60_000, other]))
    same(True, 30_000 < r.pttl(keys[0]) <= 60_000)
    same(0, unlock(keys, [0, 30_000, mine]))
    with r.pubsub() as waiting:
        waiting.subscribe(keys[1])
        same("subscribe", waiting.get_message(timeout=60)["type"])
        same(1, unlock(keys, [0, 30_000, mine]))
        same(b"0", waiting.get_message(timeout=60)["data"])
    same(None, lock(keys[:1], [30_000, other]))
    same({other.encode(): b"1"}, r.hgetall(keys[0]))


@check("Redisson's lock is had by one of many at a time")
def _(r):
    keys = ["counter", "redisson_lock__channel:{counter}"]
    lock, unlock = r.register_script(LOCK), r.register_script(UNLOCK)

    def work(number):
        me = f"8743c9c0:{number}"
        with r.pubsub() as waiting:
            waiting.subscribe(keys[1])
            waiting.get_message(timeout=60)
            for _ in range(10):
                while (left := lock(keys[:1], [30_000, me])) is not None:
                    waiting.get_message(timeout=min(left, 100) / 1000)
                value = int(r.get("under:lock") or 0)
                r.set("under:lock", value + 1)
                same(1, unlock(keys, [0, 30_000, me]))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    same(b"40", r.get("under:lock"))


@check("RMapCache keeps values with a deadline and evicts them by a script")
def _(r):
    keys = ["cache", "redisson__timeout__set:{cache}", "redisson_map_cache_created:{cache}"]
    put, fetch, evict = r.register_script(PUT), r.register_script(FETCH), r.register_script(EVICT)
    with r.pubsub() as listener:
        listener.subscribe(keys[2])
        same("subscribe", listener.get_message(timeout=60)["type"])
        same(None, put(keys, [1000, 2000, "a", "first"]))
        same(b"\x01\0\0\0\0\0\0\0a\x05\0\0\0\0\0\0\0first", listener.get_message(timeout=60)["data"])
        same(b"first", put(keys, [1500, 2000, "a", "second"]))
        same(None, put(keys, [2500, 3000, "b", b"\0"]))
        same(b"\x01\0\0\0\0\0\0\0b\x01\0\0\0\0\0\0\0\0", listener.get_message(timeout=60)["data"])
        same(None, put(keys, [2500, 0, "c", "stays"]))
        listener.get_message(timeout=60)
        same(b"second", fetch(keys[:2], [1999, "a"]))
        same(None, fetch(keys[:2], [2000, "a"]))
        same(2, evict(keys, [9000, 100]))
        same(b"\x01\0\0\0\0\0\0\0a\x06\0\0\0\0\0\0\0second", listener.get_message(timeout=60)["data"])
    same([b"c"], r.hkeys(keys[0]))
    same(b"stays", fetch(keys[:2], [9999, "c"]))
    same(0, r.exists(keys[1]))


@check("Spring Session's indexed repository keeps, finds, renames and ends sessions")
def _(r):
    space = "spring:session:"
    old = r.config_get("notify-keyspace-events")["notify-keyspace-events"]
    r.config_set("notify-keyspace-events", "gxE")

    def save(number, minute):
        with r.pipeline(transaction=False) as pipe:
            pipe.hset(f"{space}sessions:{number}", mapping={
                "creationTime": 1, "lastAccessedTime": 2, "maxInactiveInterval": 1800,
                "sessionAttr:user": b"\xac\xed\x00\x05t\x00\x03ann"})
            pipe.sadd(f"{space}index:org.example.PRINCIPAL_NAME:ann", number)
            pipe.sadd(f"{space}expirations:{minute}", f"expires:{number}")
            pipe.expire(f"{space}expirations:{minute}", 2100)
            pipe.append(f"{space}sessions:expires:{number}", "")
            pipe.expire(f"{space}sessions:expires:{number}", 1800)
            pipe.expire(f"{space}sessions:{number}", 2100)
            pipe.publish(f"{space}event:0:created:{number}", b"\xac\xed")
            return pipe.execute()

    with r.pubsub() as listener:
        listener.psubscribe("__keyevent@0__:del", "__keyevent@0__:expired", f"{space}event:0:created:*")
        for _ in range(3):
            same("psubscribe", listener.get_message(timeout=60)["type"])
        same([4, 1, 1, True, 0, True, True, 1], save("one", 60_000))
        same(f"{space}event:0:created:one".encode(), listener.get_message(timeout=60)["channel"])
        save("two", 60_000)
        same(f"{space}event:0:created:two".encode(), listener.get_message(timeout=60)["channel"])
        same({b"one", b"two"}, r.smembers(f"{space}index:org.example.PRINCIPAL_NAME:ann"))
        same(b"1800", r.hget(f"{space}sessions:one", "maxInactiveInterval"))
        same(True, 2000 < r.ttl(f"{space}sessions:one") <= 2100)
        same(True, 0 < r.ttl(f"{space}sessions:expires:one") <= 1800)

        # A new id after the login.
        same(True, r.rename(f"{space}sessions:one", f"{space}sessions:three"))
        same(True, r.rename(f"{space}sessions:expires:one", f"{space}sessions:expires:three"))
        same(True, 0 < r.ttl(f"{space}sessions:expires:three") <= 1800)
        try:
            r.rename(f"{space}sessions:gone", f"{space}sessions:four")
            same("an error", "none")
        except redis.ResponseError as error:
            same("no such key", str(error))

        # Its task looks at the keys of a minute, so that what has ended is told.
        same({b"expires:one", b"expires:two"}, r.smembers(f"{space}expirations:60000"))
        same(1, r.delete(f"{space}expirations:60000"))
        same(b"__keyevent@0__:del", listener.get_message(timeout=60)["channel"])
        same(True, r.pexpire(f"{space}sessions:expires:three", 50))
        deadline = time.time() + 60
        while r.exists(f"{space}sessions:expires:three") and time.time() < deadline:
            pass
        message = listener.get_message(timeout=60)
        same((b"__keyevent@0__:expired", f"{space}sessions:expires:three".encode()),
             (message["channel"], message["data"]))
        same(b"\xac\xed\x00\x05t\x00\x03ann", r.hget(f"{space}sessions:three", "sessionAttr:user"))
        same(1, r.delete(f"{space}sessions:expires:two"))
        same(f"{space}sessions:expires:two".encode(), listener.get_message(timeout=60)["data"])
    same(True, r.config_set("notify-keyspace-events", old))


if __name__ == "__main__":
    client = redis.Redis(port=int(sys.argv[1]), socket_timeout=60)
    client.flushall()
    run(client)
