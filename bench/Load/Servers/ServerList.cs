using SessionGateway.Bench.Load.Options;

namespace SessionGateway.Bench.Load.Servers;

/// <summary>The servers of a run: the gateway, the two it is measured against, and those of <c>--peer</c>.</summary>
internal static class ServerList
{
    public const string GatewayName = "gateway";

    private const int BuiltIn = 3;

    // More than any workload needs, and equal for all: nothing may be evicted or refused while measuring.
    private const int MemoryMegabytes = 2048;
    private const int MaxConnections = 16_000;

    /// <summary>
    /// All servers, or those of <c>--only</c> and <c>--peer</c>, the gateway first: ratios are gateway ÷ peer.
    /// </summary>
    public static IReadOnlyList<ServerSpec> From(LoadOptions options)
    {
        List<(string Name, Func<ServerSpec> Create)> known =
        [
            (GatewayName, () => Gateway(options)),
            ("memcached", Memcached),
            ("redis", Redis),
        ];
        foreach (string peer in options.Peers)
        {
            ServerSpec spec = PeerParser.Parse(peer);
            if (known.Exists(other => other.Name == spec.Name))
                throw new LoadException($"--peer: there is already a server named {spec.Name}");
            known.Add((spec.Name, () => spec));
        }

        foreach (string name in options.Only)
            if (!known.Exists(server => server.Name == name))
                throw new LoadException($"--only: there is no server {name}");

        ServerSpec[] chosen =
        [
            .. known.Where((server, index) =>
                    index >= BuiltIn || options.Only.Count == 0 || options.Only.Contains(server.Name))
                .Select(server => server.Create()),
        ];
        foreach (ServerSpec server in chosen)
            server.EnsureInstalled();
        return chosen;
    }

    private static ServerSpec Gateway(LoadOptions options)
    {
        string path = options.Gateway ?? Repository.FindGateway();
        string[] program = path.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", path] : [path];
        string[] arguments =
        [
            .. program[1..],
            "--listen", "127.0.0.1:{port}/auto", "--listen", "127.0.0.1:{resp}/resp",
            "--threads", $"{options.Threads}", "--memory", $"{MemoryMegabytes}m",
            .. options.GatewayArguments,
        ];
        return new ServerSpec(
            GatewayName, Family.Memcached | Family.Resp, program[0], arguments, [.. program[1..], "--version"]);
    }

    private static ServerSpec Memcached()
    {
        // memcached refuses to run as root unless it is told so.
        string[] user = Environment.UserName == "root" ? ["-u", "root"] : [];
        string[] arguments =
        [
            "-l", "127.0.0.1", "-p", "{port}",
            "-t", "1", "-m", $"{MemoryMegabytes}", "-c", $"{MaxConnections}", .. user,
        ];
        return new ServerSpec("memcached", Family.Memcached, "memcached", arguments, ["--version"]);
    }

    private static ServerSpec Redis() => new(
        "redis", Family.Resp, "redis-server",
        [
            "--bind", "127.0.0.1", "--port", "{port}", "--save", "", "--appendonly", "no",
            "--maxclients", $"{MaxConnections}", "--protected-mode", "no", "--daemonize", "no",
        ],
        ["--version"]);
}
