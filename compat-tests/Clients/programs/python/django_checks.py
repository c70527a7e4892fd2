"""Django's sessions in django-redis, and its locks, against one server: django_checks.py PORT"""

import sys

import django
from django.conf import settings

from checks import check, run, same

settings.configure(
    CACHES={
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": f"redis://127.0.0.1:{sys.argv[1]}/1",
            "OPTIONS": {"CLIENT_CLASS": "django_redis.client.DefaultClient"},
        }
    },
    SESSION_ENGINE="django.contrib.sessions.backends.cache",
    SESSION_CACHE_ALIAS="default",
    USE_TZ=True,
)
django.setup()

from django.contrib.sessions.backends.cache import SessionStore  # noqa: E402
from django.core.cache import cache  # noqa: E402

cache.clear()


@check("a session is kept, changed, given another key and deleted")
def session():
    store = SessionStore()
    store["user"] = 7
    store["cart"] = [1, 2]
    store.save()
    again = SessionStore(store.session_key)
    same(7, again["user"])
    same([1, 2], again["cart"])
    former = again.session_key
    again.cycle_key()
    same(False, SessionStore().exists(former))
    same(7, SessionStore(again.session_key)["user"])
    again.set_expiry(300)
    again.save()
    same(True, 200 < cache.ttl(again.cache_key) <= 300)
    again.flush()
    same(False, SessionStore().exists(again.session_key or former))


@check("values of the cache")
def values():
    same(True, cache.set("a", {"b": 1}, 60))
    same({"b": 1}, cache.get("a"))
    same(True, cache.add("once", 1, 60))
    same(False, cache.add("once", 2, 60))
    cache.set_many({f"m{i}": i for i in range(50)}, 60)
    same({"m1": 1, "m49": 49}, cache.get_many(["m1", "m49", "none"]))
    same(True, cache.touch("a", 600))
    same(True, cache.ttl("a") > 500)
    same(True, cache.persist("a"))
    same(None, cache.ttl("a"))
    same({f"m{i}" for i in range(50)}, set(cache.iter_keys("m*")))
    same(50, cache.delete_pattern("m*"))


@check("counters go by a script")
def counters():
    cache.set("n", 5, 60)
    same(7, cache.incr("n", 2))
    same(6, cache.decr("n"))
    try:
        cache.incr("absent")
    except ValueError:
        return
    raise AssertionError("an absent counter was counted")


@check("a lock has one owner, is extended and released by its scripts")
def lock():
    mine = cache.lock("job", timeout=60)
    same(True, mine.acquire(blocking=False))
    same(False, cache.lock("job", timeout=60).acquire(blocking=False))
    same(True, mine.extend(60))
    same(True, mine.reacquire())
    mine.release()
    with cache.lock("job", timeout=60):
        same(True, cache.lock("job").locked())


run()
