namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>
/// The line of a connection in CLIENT LIST: the fields of redis 7.0 and the two of 7.2. What Redis tells about its
/// buffers and file descriptors has no counterpart here and is 0, the descriptor -1.
/// </summary>
internal static class ClientLine
{
    public static string Of(ClientConnection client, long now)
    {
        bool isSubscribed = client.SubscriptionCount + client.PatternCount > 0;
        string flags = (isSubscribed ? "P" : "") + (client.QueuedCommands >= 0 ? "x" : "");
        long age = Math.Max(now - client.ConnectedAt, 0) / 1000;
        long idle = Math.Max(now - client.LastActive, 0) / 1000;
        return $"id={client.Id} addr={client.RemoteAddress} laddr={client.LocalAddress} fd=-1 name={client.Name} "
            + $"age={age} idle={idle} flags={(flags.Length == 0 ? "N" : flags)} db={client.Database} "
            + $"sub={client.SubscriptionCount} psub={client.PatternCount} ssub=0 multi={client.QueuedCommands} "
            + "qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem=0 events=r "
            + $"cmd={client.LastCommand} user={client.User} redir=-1 resp={client.RespVersion} "
            + $"lib-name={client.LibraryName} lib-ver={client.LibraryVersion}\n";
    }
}
