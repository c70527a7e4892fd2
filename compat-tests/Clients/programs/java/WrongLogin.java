import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.auth.AuthDescriptor;
import net.spy.memcached.auth.PlainCallbackHandler;

/** Clients that must not get in: WrongLogin PORT USER WRONG_PASSWORD. */
public final class WrongLogin {
    public static void main(String[] args) throws Exception {
        System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SunLogger");
        java.util.logging.Logger.getLogger("net.spy.memcached").setLevel(java.util.logging.Level.OFF);
        int port = Integer.parseInt(args[0]);
        Checks checks = new Checks();
        checks.check("a wrong password stores nothing", () -> Checks.no(stores(port, new AuthDescriptor(
            new String[] {"PLAIN"}, new PlainCallbackHandler(args[1], args[2])))));
        checks.check("a client without login stores nothing", () -> Checks.no(stores(port, null)));
        System.exit(checks.finish());
    }

    private static boolean stores(int port, AuthDescriptor login) throws Exception {
        ConnectionFactoryBuilder builder = new ConnectionFactoryBuilder()
            .setProtocol(Protocol.BINARY).setFailureMode(FailureMode.Cancel).setOpTimeout(1500);
        if (login != null) {
            builder.setAuthDescriptor(login);
        }
        MemcachedClient client =
            new MemcachedClient(builder.build(), List.of(new InetSocketAddress("127.0.0.1", port)));
        try {
            return client.set("intruder", 0, "x").get(1500, TimeUnit.MILLISECONDS);
        } catch (Exception refused) {
            return false;
        } finally {
            client.shutdown();
        }
    }
}
