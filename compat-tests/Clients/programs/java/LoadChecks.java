import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import net.spy.memcached.CASMutation;
import net.spy.memcached.CASMutator;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.transcoders.LongTranscoder;

/** Many threads on one connection: requests are pipelined, answers must come in order and to the right caller. */
final class LoadChecks {
    private static final int THREADS = 16;

    private final Checks checks;
    private final MemcachedClient client;

    LoadChecks(Checks checks, MemcachedClient client) {
        this.checks = checks;
        this.client = client;
    }

    void run() {
        checks.check("pipelined requests of many threads", () -> parallel(thread -> {
            for (int i = 0; i < 200; i++) {
                String key = "load-" + thread + "-" + i;
                String value = key + "=" + "v".repeat(i);
                Checks.yes(client.set(key, 60, value).get());
                Checks.same(value, client.get(key));
                if (i % 3 == 0) {
                    Checks.yes(client.delete(key).get());
                    Checks.same(null, client.get(key));
                }
            }
        }));
        checks.check("1,000 requests on the way at once", () -> {
            List<Future<Boolean>> stores = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                stores.add(client.set("burst-" + i, 60, i));
            }
            for (Future<Boolean> store : stores) {
                Checks.yes(store.get());
            }
            List<Future<Object>> reads = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                reads.add(client.asyncGet("burst-" + i));
            }
            for (int i = 0; i < 1000; i++) {
                Checks.same(i, reads.get(i).get());
            }
        });
        checks.check("incr of many threads loses nothing", () -> {
            client.set("shared-count", 0, "0").get();
            parallel(thread -> {
                for (int i = 0; i < 100; i++) {
                    client.incr("shared-count", 1);
                }
            });
            Checks.same("" + THREADS * 100, ((String) client.get("shared-count")).trim());
        });
        checks.check("cas of many threads loses nothing", () -> {
            LongTranscoder longs = new LongTranscoder();
            client.set("shared-cas", 0, 0L, longs).get();
            parallel(thread -> {
                for (int i = 0; i < 20; i++) {
                    CASValue<Long> read;
                    do {
                        read = client.gets("shared-cas", longs);
                    } while (client.cas("shared-cas", read.getCas(), read.getValue() + 1, longs) != CASResponse.OK);
                }
            });
            Checks.same(THREADS * 20L, client.get("shared-cas", longs));
        });
        checks.check("spymemcached's own CAS mutator", () -> {
            CASMutator<Object> mutator = new CASMutator<>(client, client.getTranscoder());
            CASMutation<Object> append = current -> current + "+";
            mutator.cas("mutated", "", 0, append);
            mutator.cas("mutated", "", 0, append);
            Checks.same("+", client.get("mutated"));
        });
        checks.check("add has one winner among many threads", () -> {
            for (int round = 0; round < 20; round++) {
                String key = "race-" + round;
                AtomicInteger winners = new AtomicInteger();
                parallel(thread -> {
                    if (client.add(key, 60, thread).get()) {
                        winners.incrementAndGet();
                    }
                });
                Checks.same(1, winners.get());
            }
        });
    }

    private interface ThreadBody {
        void run(int thread) throws Exception;
    }

    private static void parallel(ThreadBody body) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                runs.add(pool.submit(() -> {
                    body.run(number);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
