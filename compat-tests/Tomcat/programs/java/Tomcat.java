import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.CachedData;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.ConnectionObserver;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.transcoders.Transcoder;

/** The storage side of one Tomcat: one connection for all its request threads, commands in the manager's order. */
final class Tomcat {
    private static final int INTERVAL = 1800;
    // The manager's lock ends after 5 s. A holder that the machine makes wait for longer would lose it to another, with every
    // store alike; what is looked for here are increments that are lost while locks hold.
    private static final int LOCK_EXPIRATION = 60;
    private static final long ANSWER_MS = 60_000;
    private static final byte[] LOCKED = "locked".getBytes();
    private static final byte[] PING = {1};

    private final MemcachedClient client;

    Tomcat(int port, boolean binary) throws Exception {
        // The client connects behind its constructor and cancels what is asked for before.
        CountDownLatch connected = new CountDownLatch(1);
        client = new MemcachedClient(
            new ConnectionFactoryBuilder()
                .setProtocol(binary ? Protocol.BINARY : Protocol.TEXT)
                .setFailureMode(FailureMode.Cancel)
                .setOpTimeout(ANSWER_MS)
                .setInitialObservers(List.of(new ConnectionObserver() {
                    @Override
                    public void connectionEstablished(SocketAddress address, int reconnects) {
                        connected.countDown();
                    }

                    @Override
                    public void connectionLost(SocketAddress address) {
                    }
                }))
                .build(),
            List.of(new InetSocketAddress("127.0.0.1", port)));
        if (!connected.await(ANSWER_MS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("no connection to port " + port);
        }
    }

    void create(String id) throws Exception {
        Checks.yes(wait(client.set("validity:" + id, INTERVAL, validity(), Bytes.PLAIN)));
        Checks.yes(wait(client.set(id, 2 * INTERVAL, session(0), Bytes.PLAIN)));
    }

    void incrementRequest(String id) throws Exception {
        lock(id);
        ByteBuffer session = ByteBuffer.wrap(load(id));
        client.get("validity:" + id, Bytes.PLAIN);
        Checks.yes(wait(client.set(id, 2 * INTERVAL, session(session.getInt(0) + 1), Bytes.PLAIN)));
        Future<Boolean> unlocked = client.delete("lock:" + id);
        Checks.yes(wait(client.set("validity:" + id, INTERVAL, validity(), Bytes.PLAIN)));
        Checks.yes(wait(unlocked));
    }

    void readOnlyRequest(String id) throws Exception {
        lock(id);
        load(id);
        client.get("validity:" + id, Bytes.PLAIN);
        Future<Boolean> unlocked = client.delete("lock:" + id);
        Checks.yes(wait(client.set("validity:" + id, INTERVAL, validity(), Bytes.PLAIN)));
        Checks.yes(wait(unlocked));
        Checks.no(wait(client.add(id, LOCK_EXPIRATION, PING, Bytes.PLAIN)));
    }

    byte[] load(String id) {
        return client.get(id, Bytes.PLAIN);
    }

    int counter(String id) {
        return ByteBuffer.wrap(load(id)).getInt(0);
    }

    boolean isLocked(String id) {
        return client.get("lock:" + id, Bytes.PLAIN) != null;
    }

    void invalidate(String id) throws Exception {
        Checks.yes(wait(client.delete(id)));
        Checks.yes(wait(client.delete("validity:" + id)));
        Checks.no(wait(client.delete("lock:" + id)));
    }

    void stop() {
        client.shutdown();
    }

    /** The manager's waits, 10, 20, 40 ms and so on; without its time limit, so that no request goes unlocked. */
    private void lock(String id) throws Exception {
        long pause = 10;
        while (!wait(client.add("lock:" + id, LOCK_EXPIRATION, LOCKED, Bytes.PLAIN))) {
            Thread.sleep(pause);
            pause = Math.min(2 * pause, 80);
        }
    }

    private static byte[] session(int counter) {
        return ByteBuffer.allocate(1000).putInt(counter).array();
    }

    private static byte[] validity() {
        long now = System.currentTimeMillis();
        return ByteBuffer.allocate(20).putInt(INTERVAL).putLong(now).putLong(now).array();
    }

    private static <T> T wait(Future<T> answer) throws Exception {
        return answer.get(ANSWER_MS, TimeUnit.MILLISECONDS);
    }

    /** Bytes as they are, flags 0, as the manager's own transcoder has it. */
    private enum Bytes implements Transcoder<byte[]> {
        PLAIN;

        @Override
        public boolean asyncDecode(CachedData data) {
            return false;
        }

        @Override
        public CachedData encode(byte[] value) {
            return new CachedData(0, value, getMaxSize());
        }

        @Override
        public byte[] decode(CachedData data) {
            return data.getData();
        }

        @Override
        public int getMaxSize() {
            return CachedData.MAX_SIZE;
        }
    }
}
