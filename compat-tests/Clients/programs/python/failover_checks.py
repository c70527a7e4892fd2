"""redis-py through an agent while the primary dies: failover_checks.py PORT PID, where PID is the primary's."""

import os
import pathlib
import signal
import sys
import time

import redis

from checks import check, run, same

PORT, PRIMARY = int(sys.argv[1]), int(sys.argv[2])
busy = redis.Redis(port=PORT, db=3, client_name="busy", socket_timeout=90)
idle = redis.Redis(port=PORT, db=5, client_name="idle", socket_timeout=90)
subscriber = redis.Redis(port=PORT, socket_timeout=90).pubsub()


def increment():
    """Sentinels that find their own clock late do nothing for half a minute, and may do so again; a request that was
    refused was not executed."""
    for _ in range(4):
        try:
            return busy.incr("counter")
        except redis.ResponseError as error:
            if not str(error).startswith("MASTERDOWN"):
                raise
    return busy.incr("counter")


def kill_primary():
    """What is sent to a process while it dies may have been executed: nothing is sent before it is dead, with all of
    its threads, which share its sockets."""
    os.kill(PRIMARY, signal.SIGKILL)
    process = pathlib.Path(f"/proc/{PRIMARY}")
    try:
        while ") Z " not in (process / "stat").read_text() or len(list((process / "task").iterdir())) > 1:
            time.sleep(0.005)
    except (FileNotFoundError, ProcessLookupError):
        pass


@check("requests before and behind the switch are answered")
def requests_before_and_behind_the_switch_are_answered():
    idle.set("name", "idle")
    subscriber.subscribe("channel")
    same("subscribe", subscriber.get_message(timeout=60)["type"])
    for expected in range(1, 201):
        same(expected, increment())
        if expected == 100:
            # Whatever the backup has not got, a Redis loses with its primary.
            same(1, busy.wait(1, 60000))
            kill_primary()


@check("an idle connection is in its database with its name")
def an_idle_connection_is_in_its_database_with_its_name():
    same("idle", idle.client_getname())
    same(b"idle", idle.get("name"))


@check("a transaction is executed at the new primary")
def a_transaction_is_executed_at_the_new_primary():
    same([True, 1], busy.pipeline(transaction=True).set("a", 1).incr("b").execute())


@check("a subscriber was closed and can subscribe again")
def a_subscriber_was_closed_and_can_subscribe_again():
    # Its first read meets the end of its connection; redis-py connects and subscribes again by itself.
    try:
        message = subscriber.get_message(timeout=60)
    except redis.ConnectionError:
        message = subscriber.get_message(timeout=60)
    same("subscribe", message["type"])
    same(1, busy.publish("channel", "hello"))
    same(b"hello", subscriber.get_message(timeout=60)["data"])


run()
