namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>
/// The line of a connection in CLIENT LIST: the fields of redis 7.0 and the two of 7.2. Redis' fixed reply buffer per
/// connection (rbs, rbp) and its parsed arguments (argv-mem) have no counterpart here and are 0.
/// </summary>
internal static class ClientLine
{
    /// <summary>What is special about a connection, or N.</summary>
    public static string FlagsOf(ClientConnection client)
    {
        string flags = (client.Replica is { IsAttached: true } ? "S" : "") + (client.IsPrimary ? "M" : "")
            + (client.IsMonitor ? "O" : "") + (client.IsSubscribed ? "P" : "")
            + (client.QueuedCommands >= 0 ? "x" : "")
            + (client.TouchesNothing ? "T" : "")
            + (client.IsParked ? "b" : "");
        return flags.Length == 0 ? "N" : flags;
    }

    /// <summary>The line, with its end.</summary>
    public static string Of(ClientConnection client, long now)
    {
        ClientUsage usage = client.Usage;
        long age = Math.Max(now - client.ConnectedAt, 0) / 1000;
        long idle = Math.Max(now - client.LastActive, 0) / 1000;
        return $"id={client.Id} addr={client.RemoteAddress} laddr={client.LocalAddress} fd={usage.Descriptor} "
            + $"name={client.Name} "
            + $"age={age} idle={idle} flags={FlagsOf(client)} db={client.Database} "
            + $"sub={client.SubscriptionCount} psub={client.PatternCount} ssub={client.ShardChannelCount} "
            + $"multi={client.QueuedCommands} "
            + $"qbuf={usage.InputBytes} qbuf-free={usage.InputFreeBytes} argv-mem=0 multi-mem={client.QueueBytes} "
            + $"rbs=0 rbp=0 "
            + $"obl={usage.OutputBytes} oll={usage.WaitingPushes} omem={usage.OutputMemoryBytes} "
            + $"tot-mem={usage.TotalBytes} "
            + $"events={(usage.OutputBytes > 0 ? "rw" : "r")} cmd={client.LastCommand} user={client.User} redir=-1 "
            + $"resp={client.RespVersion} "
            + $"lib-name={client.LibraryName} lib-ver={client.LibraryVersion}\n";
    }
}
