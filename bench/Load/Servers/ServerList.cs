using SessionGateway.Bench.Load.Options;

namespace SessionGateway.Bench.Load.Servers;

/// <summary>The servers of a run: the gateway, the two it is measured against, and those of <c>--peer</c>.</summary>
internal static class ServerList
{
    public const string GatewayName = "gateway";

    private const int MaxConnections = 16_000;

    // Not in Debian 12: measured where they are installed.
    private static readonly (string Name, string Program)[] OptionalPeers =
        [("valkey", "valkey-server"), ("garnet", "garnet-server")];

    /// <summary>
    /// All servers, or those of <c>--only</c> and <c>--peer</c>, the gateway first: ratios are gateway ÷ peer.
    /// </summary>
    public static IReadOnlyList<ServerSpec> From(
        LoadOptions options, ServerMemory? memory = null, bool withOptionalPeers = false)
    {
        memory ??= ServerMemory.Plenty;
        List<ServerSpec> known = [Gateway(options, memory), Memcached(memory),
            RedisLike("redis", "redis-server", memory)];
        if (withOptionalPeers)
            known.AddRange(((ServerSpec[])[RedisLike("valkey", "valkey-server", memory), Garnet(memory)])
                .Where(server => server.IsInstalled() || options.Only.Contains(server.Name)));
        int builtIn = known.Count;
        foreach (string peer in options.Peers)
        {
            ServerSpec spec = PeerParser.Parse(peer);
            if (known.Exists(other => other.Name == spec.Name))
                throw new LoadException($"--peer: there is already a server named {spec.Name}");
            known.Add(spec);
        }

        foreach (string name in options.Only)
            if (!known.Exists(server => server.Name == name))
                throw new LoadException($"--only: there is no server {name}");

        ServerSpec[] chosen =
        [
            .. known.Where((server, index) =>
                index >= builtIn || options.Only.Count == 0 || options.Only.Contains(server.Name)),
        ];
        foreach (ServerSpec server in chosen)
            server.EnsureInstalled();
        return chosen;
    }

    /// <summary>Peers that a run would measure if they were installed.</summary>
    public static IEnumerable<string> AbsentPeers(LoadOptions options) => OptionalPeers
        .Where(peer => options.Only.Count == 0 && !ServerSpec.IsInstalled(peer.Program)
            && !options.Peers.Exists(given => given.StartsWith(peer.Name, StringComparison.Ordinal)))
        .Select(peer => $"{peer.Name} (no program {peer.Program})");

    internal static ServerSpec Gateway(LoadOptions options, ServerMemory memory)
    {
        bool isWanted = options.Only.Count == 0 || options.Only.Contains(GatewayName);
        string path = options.Gateway ?? (isWanted ? Repository.FindGateway() : "gateway.dll");
        string[] program = path.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", path] : [path];
        string[] arguments =
        [
            .. program[1..],
            "--listen", "127.0.0.1:{port}/auto", "--listen", "127.0.0.1:{resp}/resp",
            "--threads", $"{options.Threads}", "--memory", $"{memory.Megabytes}m",
            .. options.GatewayArguments,
        ];
        return new ServerSpec(
            GatewayName, Family.Memcached | Family.Resp, program[0], arguments, [.. program[1..], "--version"]);
    }

    private static ServerSpec Memcached(ServerMemory memory)
    {
        // memcached refuses to run as root unless it is told so.
        string[] user = Environment.UserName == "root" ? ["-u", "root"] : [];
        string[] arguments =
        [
            "-l", "127.0.0.1", "-p", "{port}",
            "-t", "1", "-m", $"{memory.Megabytes}", "-c", $"{MaxConnections}", .. user,
        ];
        return new ServerSpec("memcached", Family.Memcached, "memcached", arguments, ["--version"]);
    }

    internal static ServerSpec RedisLike(string name, string program, ServerMemory memory) => new(
        name, Family.Resp, program,
        [
            "--bind", "127.0.0.1", "--port", "{port}", "--save", "", "--appendonly", "no",
            "--maxclients", $"{MaxConnections}", "--protected-mode", "no", "--daemonize", "no",
            .. memory.IsLimit ? (string[])["--maxmemory", $"{memory.Megabytes}mb"] : [],
        ],
        ["--version"]);

    private static ServerSpec Garnet(ServerMemory memory) => new(
        "garnet", Family.Resp, "garnet-server",
        ["--bind", "127.0.0.1", "--port", "{port}", "--memory", $"{memory.Megabytes}m"],
        ["--version"]);
}
