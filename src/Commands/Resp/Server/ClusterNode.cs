namespace SessionGateway.Commands.Resp.Server;

/// <summary>A node of the cluster of one shard that clients are shown.</summary>
/// <param name="Host">Where clients find it.</param>
/// <param name="Port">On which port.</param>
/// <param name="IsPrimary">It has all slots.</param>
/// <param name="IsSelf">It is the one that is asked.</param>
/// <param name="Offset">How far its history is.</param>
internal sealed record ClusterNode(string Host, int Port, bool IsPrimary, bool IsSelf, long Offset)
{
    /// <summary>Its name: the same from every node that knows it by the same address.</summary>
    public string Id { get; } = IdOf($"{Host}:{Port}");

    /// <summary>All of them, the primary first, as this node knows them; without one whose primary is not
    /// known.</summary>
    public static IReadOnlyList<ClusterNode> All(in RespCall call)
    {
        ReplicationFigures? figures = call.Services.Replication?.Figures();
        long offset = figures?.Offset ?? 0;
        string local = call.Client.LocalAddress;
        bool isTcp = call.Client.LocalPort > 0;
        string host = isTcp ? local[..local.LastIndexOf(':')].Trim('[', ']') : "127.0.0.1";
        int port = isTcp ? call.Client.LocalPort : call.Services.Port;
        PrimaryAddress? elsewhere = call.Services.PrimaryElsewhere
            ?? (figures?.Primary is { } primary ? new PrimaryAddress(primary.Host, primary.Port, true) : null);
        if (elsewhere is null)
        {
            return
            [
                new ClusterNode(host, port, IsPrimary: true, IsSelf: true, offset),
                .. (figures?.Replicas ?? []).Where(replica => replica is { State: "online", Port: > 0 }).Select(
                    replica => new ClusterNode(replica.Address, replica.Port, false, false, replica.Offset)),
            ];
        }

        var self = new ClusterNode(host, port, IsPrimary: false, IsSelf: true, offset);
        return elsewhere.Host.Length == 0
            ? [self] : [new ClusterNode(elsewhere.Host, elsewhere.Port, true, false, offset), self];
    }

    // 40 hexadecimal digits that no other address of a handful has: FNV-1a from three beginnings.
    private static string IdOf(string address) => string.Concat(
        new ulong[] { 1, 2, 3 }.Select(start => $"{Hash(address, start):x16}"))[..40];

    private static ulong Hash(string text, ulong hash)
    {
        foreach (char one in text)
        {
            hash = (hash ^ one) * 0x100000001b3;
        }

        return hash ^ (hash >> 29);
    }
}
