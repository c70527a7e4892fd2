import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.MemcachedClient;

/** Every verb of spymemcached once or more, the answers as memcached gives them. */
final class StorageChecks {
    /** Seconds: memcached may be a second early, and a busy machine a second late. */
    private static final int SHORT = 3;

    private final Checks checks;
    private final MemcachedClient client;
    private final boolean binary;

    StorageChecks(Checks checks, MemcachedClient client, boolean binary) {
        this.checks = checks;
        this.client = client;
        this.binary = binary;
    }

    void run() {
        storage();
        cas();
        counters();
        values();
        expiry();
        server();
    }

    private void storage() {
        checks.check("get of an unknown key", () -> Checks.same(null, client.get("unknown")));
        checks.check("add stores once", () -> {
            Checks.yes(client.add("added", 0, "first").get());
            Checks.no(client.add("added", 0, "second").get());
            Checks.same("first", client.get("added"));
        });
        checks.check("set replaces", () -> {
            Checks.yes(client.set("set", 0, "one").get());
            Checks.yes(client.set("set", 0, "two").get());
            Checks.same("two", client.get("set"));
        });
        checks.check("replace changes what is there", () -> {
            Checks.no(client.replace("replaced", 0, "x").get());
            Checks.yes(client.set("replaced", 0, "x").get());
            Checks.yes(client.replace("replaced", 0, "y").get());
            Checks.same("y", client.get("replaced"));
        });
        checks.check("delete removes once", () -> {
            Checks.yes(client.set("deleted", 0, "x").get());
            Checks.yes(client.delete("deleted").get());
            Checks.no(client.delete("deleted").get());
            Checks.same(null, client.get("deleted"));
        });
        checks.check("append and prepend", () -> {
            Checks.no(client.append("joined", "z").get());
            Checks.no(client.prepend("joined", "z").get());
            Checks.yes(client.set("joined", 0, "middle").get());
            Checks.yes(client.append("joined", ">").get());
            Checks.yes(client.prepend("joined", "<").get());
            Checks.same("<middle>", client.get("joined"));
        });
        checks.check("bulk get returns what is there", () -> {
            for (int i = 0; i < 200; i += 2) {
                client.set("bulk-" + i, 0, i).get();
            }
            String[] keys = new String[200];
            Arrays.setAll(keys, i -> "bulk-" + i);
            Map<String, Object> found = client.getBulk(keys);
            Checks.same(100, found.size());
            Checks.same(42, found.get("bulk-42"));
            Checks.no(found.containsKey("bulk-43"));
        });
    }

    private void cas() {
        checks.check("cas with the current unique", () -> {
            client.set("cas", 0, "one").get();
            CASValue<Object> read = client.gets("cas");
            Checks.same("one", read.getValue());
            Checks.same(CASResponse.OK, client.cas("cas", read.getCas(), "two"));
            Checks.same("two", client.get("cas"));
        });
        checks.check("cas with an old unique", () -> {
            long old = client.gets("cas").getCas();
            client.set("cas", 0, "three").get();
            Checks.same(CASResponse.EXISTS, client.cas("cas", old, "four"));
            Checks.same("three", client.get("cas"));
        });
        checks.check("cas of an unknown key", () ->
            Checks.same(CASResponse.NOT_FOUND, client.cas("cas-unknown", 7L, "x")));
        checks.check("every change gives another unique", () -> {
            long first = client.gets("cas").getCas();
            client.append("cas", "+").get();
            long second = client.gets("cas").getCas();
            Checks.no(first == second);
        });
    }

    private void counters() {
        checks.check("incr and decr", () -> {
            client.set("count", 0, "10").get();
            Checks.same(15L, client.incr("count", 5));
            Checks.same(12L, client.decr("count", 3));
            Checks.same(0L, client.decr("count", 99));
        });
        checks.check("incr of an unknown key", () -> Checks.same(-1L, client.incr("count-unknown", 1)));
        checks.check("incr with a first value", () -> {
            Checks.same(7L, client.incr("count-first", 2, 7));
            Checks.same(9L, client.incr("count-first", 2, 7));
            Checks.same(8L, client.decr("count-first", 1, 7));
        });
        checks.check("incr wraps at 2^64", () -> {
            client.set("count-wrap", 0, "18446744073709551615").get();
            Checks.same(0L, client.incr("count-wrap", 1));
        });
    }

    private void values() {
        checks.check("flags keep the type of a value", () -> {
            byte[] bytes = {0, 13, 10, -1};
            for (Object value : List.of(1, 2L, true, 1.5d, (byte) 3, "text", "äöü €", bytes)) {
                client.set("typed", 0, value).get();
                Checks.same(value, client.get("typed"));
            }
            client.set("typed", 0, new java.util.Date(1_700_000_000_000L)).get();
            Checks.same(new java.util.Date(1_700_000_000_000L), client.get("typed"));
        });
        checks.check("empty value", () -> {
            client.set("empty", 0, "").get();
            Checks.same("", client.get("empty"));
        });
        checks.check("key of 250 bytes", () -> {
            String key = "k".repeat(250);
            Checks.yes(client.set(key, 0, "long").get());
            Checks.same("long", client.get(key));
        });
        checks.check("values up to 1,000,000 bytes", () -> {
            Random random = new Random(7);
            for (int size : new int[] {1, 1000, 16_383, 16_384, 16_385, 100_000, 1_000_000}) {
                byte[] value = new byte[size];
                random.nextBytes(value);
                Checks.yes(client.set("large", 0, value).get());
                Checks.same(value, client.get("large"));
            }
        });
        checks.check("a value over the limit is refused and the next request works", () -> {
            byte[] value = new byte[1_200_000];
            new Random(8).nextBytes(value);
            // A key of the table in docs/memory.md: its old value ends with the refused set, as in memcached for every key.
            Checks.yes(client.set("bak:large", 0, "small").get());
            try {
                Checks.no(client.set("bak:large", 0, value).get());
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.CancellationException closed) {
                // Over text any SERVER_ERROR makes this client open a new connection.
            }
            Object after = eventually(() -> client.get("bak:large"));
            Checks.same(null, after);
        });
    }

    private void expiry() {
        checks.check("expiry in all its forms", () -> {
            int now = (int) (System.currentTimeMillis() / 1000);
            client.set("exp-short", SHORT, "x").get();
            client.set("exp-long", 100, "x").get();
            client.set("exp-30-days", 30 * 24 * 3600, "x").get();
            client.set("exp-absolute", now + 3600, "x").get();
            client.set("exp-past", now - 10, "x").get();
            client.set("exp-cut", 100, "x").get();
            // Right behind each other, because this may take as long as SHORT on a busy machine.
            var touched = List.of(client.set("exp-touched", SHORT, "x"), client.touch("exp-touched", 100));
            for (var answer : touched) {
                Checks.yes(answer.get());
            }
            Checks.no(client.touch("exp-unknown", 100).get());
            if (binary) {
                client.set("exp-gat", SHORT, "x").get();
                Checks.same("x", client.getAndTouch("exp-gat", 100).getValue());
                Checks.same(null, client.getAndTouch("exp-unknown", 100));
            }
            Checks.yes(client.touch("exp-cut", SHORT).get());
            Checks.same(null, client.get("exp-past"));
            for (int tries = 0; tries < 600 && (client.get("exp-short") != null || client.get("exp-cut") != null); tries++) {
                Thread.sleep(100);
            }
            // memcached counts whole seconds.
            Thread.sleep(1100);
            Checks.same(null, client.get("exp-short"));
            Checks.same(null, client.get("exp-cut"));
            for (String key : List.of("exp-long", "exp-30-days", "exp-absolute", "exp-touched")) {
                Checks.same("x", client.get(key));
            }
            if (binary) {
                Checks.same("x", client.get("exp-gat"));
            }
            Checks.yes(client.add("exp-short", 0, "again").get());
        });
    }

    private void server() {
        checks.check("version", () -> {
            String version = client.getVersions().values().iterator().next();
            Checks.yes(version.matches("\\d+\\.\\d+.*"));
        });
        checks.check("stats", () -> {
            Map<String, String> stats = client.getStats().values().iterator().next();
            for (String name : List.of("pid", "uptime", "time", "version", "curr_items", "cmd_get", "cmd_set")) {
                Checks.yes(stats.containsKey(name));
            }
            Map<String, String> settings = client.getStats("settings").values().iterator().next();
            Checks.yes(settings.containsKey("maxbytes"));
        });
    }

    /** A text client that was cut off by SERVER_ERROR is back after its reconnect delay of about two seconds. */
    private static Object eventually(java.util.concurrent.Callable<Object> read) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            try {
                return read.call();
            } catch (Exception notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }
}
