import java.net.InetSocketAddress;
import java.util.List;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
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

    private static MemcachedClient connect(int port, boolean binary, String user, String password) throws Exception {
        ConnectionFactoryBuilder builder = new ConnectionFactoryBuilder()
            .setProtocol(binary ? Protocol.BINARY : Protocol.TEXT)
            .setFailureMode(FailureMode.Cancel)
            .setOpTimeout(10_000);
        if (user != null) {
            builder.setAuthDescriptor(
                new AuthDescriptor(new String[] {"PLAIN"}, new PlainCallbackHandler(user, password)));
        }
        return new MemcachedClient(builder.build(), List.of(new InetSocketAddress("127.0.0.1", port)));
    }
}
