import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Two simulated Tomcats with non-sticky sessions and lockingMode=all, several request threads each, over a few
 * sessions: MsmLoad PORT text|binary REQUESTS_PER_THREAD. No increment may be lost.
 */
public final class MsmLoad {
    private static final int TOMCATS = 2;
    private static final int THREADS = 6;
    private static final int SESSIONS = 20;

    public static void main(String[] args) throws Exception {
        System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SunLogger");
        java.util.logging.Logger.getLogger("net.spy.memcached").setLevel(java.util.logging.Level.SEVERE);
        int port = Integer.parseInt(args[0]);
        boolean binary = args[1].equals("binary");
        int requests = Integer.parseInt(args[2]);
        List<Tomcat> tomcats = new ArrayList<>();
        for (int i = 0; i < TOMCATS; i++) {
            tomcats.add(new Tomcat(port, binary));
        }
        AtomicIntegerArray expected = new AtomicIntegerArray(SESSIONS);
        Checks checks = new Checks();
        checks.check("sessions are created", () -> {
            for (int session = 0; session < SESSIONS; session++) {
                tomcats.get(session % TOMCATS).create(id(session));
            }
        });
        checks.check("requests under locks end without errors", () -> load(tomcats, requests, expected));
        checks.check("no increment is lost", () -> {
            for (int session = 0; session < SESSIONS; session++) {
                Checks.same(expected.get(session), tomcats.get(0).counter(id(session)));
            }
        });
        checks.check("all locks were given back", () -> {
            for (int session = 0; session < SESSIONS; session++) {
                Checks.no(tomcats.get(1).isLocked(id(session)));
            }
        });
        checks.check("sessions are removed", () -> {
            for (int session = 0; session < SESSIONS; session++) {
                tomcats.get(0).invalidate(id(session));
                Checks.same(null, tomcats.get(1).load(id(session)));
            }
        });
        tomcats.forEach(Tomcat::stop);
        System.exit(checks.finish());
    }

    private static void load(List<Tomcat> tomcats, int requests, AtomicIntegerArray expected) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(TOMCATS * THREADS);
        List<Future<?>> runs = new ArrayList<>();
        for (int thread = 0; thread < TOMCATS * THREADS; thread++) {
            int number = thread;
            runs.add(pool.submit(() -> {
                java.util.Random random = new java.util.Random(number);
                Tomcat tomcat = tomcats.get(number % TOMCATS);
                for (int i = 0; i < requests; i++) {
                    int session = random.nextInt(SESSIONS);
                    if (i % 4 == 3) {
                        tomcat.readOnlyRequest(id(session));
                    } else {
                        tomcat.incrementRequest(id(session));
                        expected.incrementAndGet(session);
                    }
                }
                return null;
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        pool.shutdown();
    }

    private static String id(int session) {
        return String.format("%032X-n1", 0xABCDEF00L + session);
    }
}
