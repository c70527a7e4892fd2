"""pylibmc (libmemcached) and Django's PyLibMCCache against one server: pylibmc_checks.py HOST:PORT text|binary"""

import sys
import time

import pylibmc
from django.conf import settings

from checks import check, run, same

SERVER, MODE = sys.argv[1], sys.argv[2]

settings.configure(
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.memcached.PyLibMCCache",
            "LOCATION": SERVER,
            "OPTIONS": {"binary": MODE == "binary"},
        }
    },
    SESSION_ENGINE="django.contrib.sessions.backends.cache",
    INSTALLED_APPS=["django.contrib.sessions"],
)

import django

django.setup()

from django.contrib.sessions.backends.cache import SessionStore
from django.core.cache import cache


@check("a value with a negative time is gone at once, and the next answer is the right one")
def _(client):
    # libmemcached sends -1 as 4294967295 in text. Two answer lines for one request would end this program by SIGABRT.
    same(True, client.set("lib:negative", "a", time=-1))
    if MODE == "text":
        same(None, client.get("lib:negative"))
    same(True, client.set("lib:next", "b"))
    same("b", client.get("lib:next"))


@check("touch with a negative time")
def _(client):
    client.set("lib:touched", "a")
    same(True, client.touch("lib:touched", -1))
    if MODE == "text":
        same(None, client.get("lib:touched"))
    same("b", client.get("lib:next"))


@check("times as PHP sends them for a session of 68 years")
def _(client):
    same(True, client.set("lib:long", "a", time=2147483647))
    same("a", client.get("lib:long"))
    same(True, client.set("lib:later", "a", time=int(time.time()) + 3600))
    same("a", client.get("lib:later"))


@check("many keys at once, counters, cas")
def _(client):
    same([], client.set_multi({f"lib:{i}": i for i in range(100)}))
    same({f"lib:{i}": i for i in range(100)}, client.get_multi([f"lib:{i}" for i in range(100)]))
    same(8, client.incr("lib:7"))
    same(5, client.decr("lib:7", 3))
    client.delete_multi([f"lib:{i}" for i in range(100)])
    same(None, client.get("lib:7"))


@check("statistics")
def _(client):
    [(_, stats)] = client.get_stats()
    assert int(stats[b"curr_items" if b"curr_items" in stats else "curr_items"]) > 0


@check("Django: a timeout of 0 does not store")
def _(_client):
    cache.set("django:zero", "a", 0)
    if MODE == "text":
        same(None, cache.get("django:zero"))
    cache.set("django:next", "b", 60)
    same("b", cache.get("django:next"))


@check("Django: a negative timeout does not store")
def _(_client):
    cache.set("django:negative", "a", -1)
    if MODE == "text":
        same(None, cache.get("django:negative"))
    same("b", cache.get("django:next"))


@check("Django: no timeout is for ever, a long one is a date")
def _(_client):
    cache.set("django:ever", "a", None)
    same("a", cache.get("django:ever"))
    cache.set("django:year", "a", 365 * 24 * 3600)
    same("a", cache.get("django:year"))
    same(True, cache.touch("django:year", 24 * 3600))


@check("Django: add, get_or_set, incr, many, delete")
def _(_client):
    same(True, cache.add("django:add", 1, 60))
    same(False, cache.add("django:add", 2, 60))
    same(2, cache.incr("django:add"))
    same("made", cache.get_or_set("django:made", lambda: "made", 60))
    cache.set_many({"django:x": 1, "django:y": 2}, 60)
    same({"django:x": 1, "django:y": 2}, cache.get_many(["django:x", "django:y", "django:z"]))
    cache.delete_many(["django:x", "django:y"])
    same(None, cache.get("django:x"))


@check("Django: a session is saved, read, renewed, expired")
def _(_client):
    session = SessionStore()
    session["user"] = "alice"
    session.save()
    key = session.session_key
    same("alice", SessionStore(key)["user"])
    # An expired session that is saved: Django hands on an age of 0 or less.
    other = SessionStore(key)
    other.set_expiry(-10)
    other["user"] = "bob"
    other.save()
    if MODE == "text":
        same(None, SessionStore(key).get("user"))
    fresh = SessionStore()
    fresh["user"] = "carol"
    fresh.save()
    same("carol", SessionStore(fresh.session_key)["user"])
    fresh.flush()
    same(None, SessionStore(fresh.session_key).get("user"))


client = pylibmc.Client([SERVER], binary=MODE == "binary")
client.flush_all()
run(client)
