using SessionGateway.Replication.Link;

namespace SessionGateway.Gateway.Replication;

/// <summary>A primary and how it is followed.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Login">What it is told.</param>
/// <param name="Timeout">Silence after which the link is given up.</param>
/// <param name="SpoolDirectory">Where copies lie until they are whole.</param>
/// <param name="SyncsAtOnce">What the primary asks for is brought to the disk at once, whatever the policy.</param>
/// <param name="Pair">Of which both are nodes; null: of none.</param>
/// <param name="Random">64 random bits, for a pair.</param>
internal sealed record LinkOptions(
    string Host, int Port, ReplicaLogin Login, TimeSpan Timeout, string SpoolDirectory, bool SyncsAtOnce = false,
    IPairLink? Pair = null, Func<ulong>? Random = null);
