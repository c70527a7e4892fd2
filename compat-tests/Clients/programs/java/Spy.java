import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.ConnectionObserver;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.auth.AuthDescriptor;
import net.spy.memcached.auth.PlainCallbackHandler;

/** spymemcached against one server: Spy PORT text|binary [USER PASSWORD]. */
public final class Spy {
    public static void main(String[] args) throws Exception {
        System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SunLogger");
        java.util.logging.Logger.getLogger("net.spy.memcached").setLevel(java.util.logging.Level.SEVERE);
        int port = Integer.parseInt(args[0]);
        boolean binary = args[1].equals("binary");
        MemcachedClient client = connect(port, binary, args.length > 2 ? args[2] : null,
            args.length > 2 ? args[3] : null);
        Checks checks = new Checks();
        try {
            new StorageChecks(checks, client, binary).run();
            new LoadChecks(checks, client).run();
            checks.check("flush empties the server", () -> {
                Checks.yes(client.set("flushed", 0, "x").get());
                Checks.yes(client.flush().get());
                Checks.same(null, client.get("flushed"));
            });
            // After everything else: memcached takes this question as the beginning of a new login.
            if (args.length > 2) {
                checks.check("the server lists PLAIN", () -> Checks.yes(client.listSaslMechanisms().contains("PLAIN")));
            }
        } finally {
            client.shutdown();
        }
        System.exit(checks.finish());
    }

    // The client connects behind its constructor and cancels what is asked for before.
    private static MemcachedClient connect(int port, boolean binary, String user, String password) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ConnectionFactoryBuilder builder = new ConnectionFactoryBuilder()
            .setInitialObservers(List.of(new ConnectionObserver() {
                @Override
                public void connectionEstablished(SocketAddress address, int reconnects) {
                    connected.countDown();
                }

                @Override
                public void connectionLost(SocketAddress address) {
                }
            }))
            .setProtocol(binary ? Protocol.BINARY : Protocol.TEXT)
            .setFailureMode(FailureMode.Cancel)
            .setOpTimeout(10_000);
        if (user != null) {
            builder.setAuthDescriptor(
                new AuthDescriptor(new String[] {"PLAIN"}, new PlainCallbackHandler(user, password)));
        }
        MemcachedClient client =
            new MemcachedClient(builder.build(), List.of(new InetSocketAddress("127.0.0.1", port)));
        if (!connected.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no connection to port " + port);
        }

        return client;
    }
}
