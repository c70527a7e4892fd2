"""Stores what `store collections` stores in a redis-server of its own and prints what it takes: redis_memory.py [PROGRAM]."""
import subprocess, sys, tempfile, time
import redis

with tempfile.TemporaryDirectory() as folder:
    socket = folder + "/r.sock"
    server = subprocess.Popen(
        [sys.argv[1] if len(sys.argv) > 1 else "redis-server", "--port", "0", "--unixsocket", socket, "--save", "",
         "--appendonly", "no", "--dir", folder], stdout=subprocess.DEVNULL)
    try:
        client = redis.Redis(unix_socket_path=socket)
        while True:
            try:
                print("redis", client.info("server")["redis_version"])
                break
            except redis.ConnectionError:
                time.sleep(0.05)

        def used():
            return client.info("memory")["used_memory"]

        def measure(what, count, fill):
            client.flushall()
            before = used()
            pipe = client.pipeline(transaction=False)
            for i in range(count):
                fill(pipe, i)
                if len(pipe) >= 1000:
                    pipe.execute()
            pipe.execute()
            print(f"{what}: {(used() - before) / count:.0f} bytes each")

        for fields, length in ((3, 20), (5, 20), (10, 20), (20, 20), (8, 60)):
            values = {f"field:{f}": bytes(length) for f in range(fields)}
            measure(f"hashes of {fields} fields, values of {length} bytes", 100_000,
                    lambda pipe, i: pipe.hset(f"session:{i:024}", mapping=values))
        measure("hash of many fields, per field", 1_000_000, lambda pipe, i: pipe.hset("h", f"field:{i}", bytes(20)))
        measure("sorted set, per member", 1_000_000, lambda pipe, i: pipe.zadd("z", {f"field:{i}": i * 7919 % 1000003}))
        measure("list, per element of 20 bytes", 1_000_000, lambda pipe, i: pipe.rpush("l", bytes(20)))
    finally:
        server.terminate()
        server.wait()
