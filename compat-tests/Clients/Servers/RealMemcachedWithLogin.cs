using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>memcached -S with a Cyrus SASL database of its own.</summary>
public sealed class RealMemcachedWithLogin : IMemcached
{
    private readonly TempDirectory _directory = new();
    private readonly ServerProcess _process;

    /// <summary>Writes the database with Debian's saslpasswd2 and starts memcached over it.</summary>
    public RealMemcachedWithLogin()
    {
        string database = _directory.File("sasldb2");
        File.WriteAllText(_directory.File("memcached.conf"),
            $"mech_list: plain\npwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: {database}\n");
        Tool.Run("saslpasswd2", ["-f", database, "-c", "-p", "-a", "memcached", ServerLogin.User],
            stdin: ServerLogin.Password).Succeeded();
        Port = Ports.Next();
        string[] user = Environment.UserName == "root" ? ["-u", "root"] : [];
        _process = ServerProcess.Start("memcached", ["-l", "127.0.0.1", "-p", $"{Port}", "-U", "0", "-S", .. user],
            () => RawConnection.CanConnect(Port),
            new Dictionary<string, string> { ["SASL_CONF_PATH"] = _directory.Path });
    }

    /// <inheritdoc/>
    public int Port { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Dispose();
        _directory.Dispose();
    }
}
