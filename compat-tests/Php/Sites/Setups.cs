namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>The matrix.</summary>
internal static class Setups
{
    private static readonly string[] Serializers = ["php", "php_serialize", "igbinary"];

    /// <summary>Every handler and protocol with every serializer.</summary>
    public static IReadOnlyList<Setup> All { get; } =
    [
        .. Serializers.Select(serializer => new MemcacheSetup("ascii", serializer)),
        .. Serializers.Select(serializer => new MemcacheSetup("binary", serializer)),
        .. Serializers.Select(serializer => new MemcachedSetup(Binary: true, serializer)),
        .. Serializers.Select(serializer => new MemcachedSetup(Binary: false, serializer)),
        .. Serializers.Select(serializer => new RedisSetup(Locking: true, serializer)),
        .. Serializers.Select(serializer => new RedisSetup(Locking: false, serializer)),
        new RedisSetup(Locking: true, "php", Prefix: "app1:", Database: 3),
    ];

    /// <summary>One of each handler and protocol, for what does not depend on the serializer.</summary>
    public static IReadOnlyList<Setup> Wires { get; } = [.. All.Where(setup => setup.Serializer == "php")];

    /// <summary>Those that lock.</summary>
    public static IReadOnlyList<Setup> Locking { get; } =
        [.. Wires.Where(setup => setup is not RedisSetup { Locking: false })];

    /// <summary>Those whose handler can say whether it knows an id, which session.use_strict_mode asks for.</summary>
    public static IReadOnlyList<Setup> Strict { get; } = [.. Wires.Where(setup => setup is not MemcacheSetup)];

    /// <summary>Those on a memcached protocol.</summary>
    public static IReadOnlyList<Setup> Memcached { get; } = [.. Wires.Where(setup => setup is not RedisSetup)];

    /// <summary>The setup of a name.</summary>
    public static Setup Named(string name) => All.Single(setup => setup.Name == name);
}
