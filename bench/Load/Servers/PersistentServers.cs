using SessionGateway.Bench.Load.Options;

namespace SessionGateway.Bench.Load.Servers;

/// <summary>The gateway and redis-server with files, in every way in which they keep them.</summary>
internal static class PersistentServers
{
    /// <summary>The gateway with an append log.</summary>
    /// <param name="options">How it is started.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fsync">Of <c>everysec</c>, <c>batch</c>, <c>no</c>; null: without a log.</param>
    public static ServerSpec Gateway(LoadOptions options, ServerMemory memory, string? fsync)
    {
        ServerSpec plain = ServerList.Gateway(options, memory);
        return plain with
        {
            Name = $"{plain.Name} {fsync ?? "none"}",
            Arguments = fsync is null
                ? plain.Arguments
                : [.. plain.Arguments, "--persist", "log", "--data-dir", "{dir}", "--fsync", fsync],
        };
    }

    /// <summary>The same, which does not write its log anew before it has some GB, as redis here never does: what a
    /// second of writes costs must not depend on whether that happens in it.</summary>
    /// <param name="options">How it is started.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fsync">As above; null: without a log.</param>
    public static ServerSpec GatewayOfLongLog(LoadOptions options, ServerMemory memory, string? fsync)
    {
        ServerSpec plain = Gateway(options, memory, fsync);
        return fsync is null ? plain : plain with { Arguments = [.. plain.Arguments, "--log-segment", "1g"] };
    }

    /// <summary>The gateway with an append log that is encrypted.</summary>
    /// <param name="options">How it is started.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fsync">As above.</param>
    /// <param name="keyFile">A file with a key.</param>
    public static ServerSpec Encrypted(LoadOptions options, ServerMemory memory, string fsync, string keyFile)
    {
        ServerSpec plain = GatewayOfLongLog(options, memory, fsync);
        return plain with
        {
            Name = $"{plain.Name}, encrypted", Arguments = [.. plain.Arguments, "--data-key-file", keyFile],
        };
    }

    /// <summary>redis-server with an append-only file.</summary>
    /// <param name="memory">Its memory.</param>
    /// <param name="fsync">Of <c>everysec</c>, <c>always</c>, <c>no</c>; null: without one.</param>
    public static ServerSpec Redis(ServerMemory memory, string? fsync)
    {
        ServerSpec plain = ServerList.RedisLike("redis", "redis-server", memory);
        return plain with
        {
            Name = $"{plain.Name} {fsync ?? "none"}",
            Arguments =
            [
                .. plain.Arguments, "--dir", "{dir}",
                .. fsync is null
                    ? (string[])[]
                    : ["--appendonly", "yes", "--appendfsync", fsync, "--auto-aof-rewrite-percentage", "0"],
            ],
        };
    }
}
