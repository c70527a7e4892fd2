namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>
/// A part of INFO: names and order of redis 7, and behind them what only the gateway has. docs/protocols/info.md says
/// why a name of Redis is missing, and a test compares the lists with those of redis-server.
/// </summary>
/// <param name="Title">Name, as in its head line.</param>
/// <param name="Write">Writes its lines.</param>
internal sealed record InfoSection(string Title, InfoSection.Body Write)
{
    /// <summary>Writes lines.</summary>
    public delegate void Body(InfoWriter writer, in RespCall call);

    /// <summary>It is told to who asks for no section.</summary>
    public bool IsDefault { get; init; } = true;

    /// <summary>All parts, in their order.</summary>
    public static InfoSection[] All { get; } =
    [
        new("Server", ServerSection.Write),
        new("Clients", ClientsSection.Write),
        new("Memory", MemorySection.Write),
        new("Persistence", PersistenceSection.Write),
        new("Stats", StatsSection.Write),
        new("Replication", ReplicationSection.Write),
        new("CPU", CpuSection.Write),
        new("Modules", (InfoWriter _, in RespCall _) => { }),
        new("Commandstats", CommandFigureSections.WriteCalls) { IsDefault = false },
        new("Errorstats", CommandFigureSections.WriteErrors),
        new("Latencystats", CommandFigureSections.WritePercentiles) { IsDefault = false },
        new("Cluster", (InfoWriter writer, in RespCall call) =>
            writer.Add("cluster_enabled", call.Services.Backup.HasClusterFace ? 1 : 0)),
        new("Keyspace", KeyspaceSection.Write),
    ];
}
