"""redis-py's cluster client over a primary and its backup, which change their roles: cluster_checks.py PRIMARY
BACKUP."""

import sys

import redis
from redis.cluster import RedisCluster

from checks import check, run, same

PRIMARY, BACKUP = int(sys.argv[1]), int(sys.argv[2])
cluster = RedisCluster(host="127.0.0.1", port=BACKUP, socket_timeout=60)


def node(port):
    return redis.Redis(port=port, socket_timeout=60)


@check("the client finds the primary through the backup")
def the_client_finds_the_primary():
    same([PRIMARY], [found.port for found in cluster.get_primaries()])
    same([BACKUP], [found.port for found in cluster.get_replicas()])
    for i in range(100):
        same(True, cluster.set(f"k{i}", i))
    same([str(i).encode() for i in range(100)], [cluster.get(f"k{i}") for i in range(100)])
    same(100, node(PRIMARY).dbsize())


@check("slots and names are those of a cluster")
def slots_and_names():
    same(15495, node(BACKUP).execute_command("CLUSTER KEYSLOT", "a"))
    for port in (PRIMARY, BACKUP):
        same(1, node(port).info("cluster")["cluster_enabled"])
        same("ok", cluster.cluster_info(target_nodes=cluster.get_node("127.0.0.1", port))["cluster_state"])
    try:
        node(BACKUP).get("a")
        raise AssertionError("it was not sent to the primary")
    except redis.ResponseError as moved:
        same(f"15495 127.0.0.1:{PRIMARY}", str(moved).replace("MOVED ", ""))


@check("the client follows when the roles change")
def the_client_follows():
    same(1, node(PRIMARY).wait(1, 60000))
    node(BACKUP).execute_command("REPLICAOF", "NO", "ONE")
    node(PRIMARY).execute_command("REPLICAOF", "127.0.0.1", BACKUP)
    for i in range(100):
        same(str(i).encode(), cluster.get(f"k{i}"))
        same(True, cluster.set(f"k{i}", "new"))
    same(b"new", node(BACKUP).get("k99"))


run()
