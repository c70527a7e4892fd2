using SessionGateway.Commands.Resp.Transactions;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// What a node does with requests while another one is the primary: it executes those about itself, and what Sentinels
/// say to each other over it; the others go to the primary, or their client is told to go there.
/// </summary>
public static class Elsewhere
{
    private static ReadOnlySpan<byte> SentinelChannels => "__sentinel__:"u8;

    /// <summary>Sends a request to the primary, if it belongs there.</summary>
    /// <returns>True: nothing of it is to be done here.</returns>
    internal static bool Takes(in RespCall call, RespCommand? command)
    {
        // What nobody knows and who nobody knows is told so here.
        if (command is null || !command.Descriptor.Allows(call.Count) || !call.Client.IsAuthenticated
            || Redirection(call, command) is not null)
        {
            return false;
        }

        Transaction? transaction = call.Connection.Transaction;
        if (command.Name == "exec")
        {
            if (transaction is null || !transaction.Has(queued => !IsLocal(queued)))
            {
                return false;
            }

            // It was queued while this one was the primary: who is it now knows nothing of what was watched.
            call.Client.CloseAfterReply = true;
            return true;
        }

        if (IsLocal(command) || (IsOfChannels(command) && IsOfSentinels(call)) || Stays(call, command)
            || transaction is { IsSpoiled: true } || call.Connection.IsLimitedToSubscriptions)
        {
            return false;
        }

        call.Client.IsForwarded = true;
        return true;
    }

    /// <summary>The error that tells a client to go to the primary; null: none.</summary>
    internal static string? Redirection(in RespCall call, RespCommand command)
    {
        if (call.Services.PrimaryElsewhere is not { } primary || call.Client.IsPrimary || IsLocal(command))
        {
            return null;
        }

        bool takesOld = call.Client.TakesOldItems && OnlyReads(command);
        return call.Services.Backup.Mode switch
        {
            BackupMode.Redirect when call.Client.FollowsRedirects && primary.Host.Length > 0 && !takesOld
                && !command.Flags.HasFlag(CommandFlags.PubSub) => $"REDIRECT {primary.Host}:{primary.Port}",
            BackupMode.Moved when !takesOld && FirstKey(call, command) is { } place => primary.Host.Length == 0
                ? "CLUSTERDOWN Hash slot not served"
                : $"MOVED {HashSlot.Of(call[place])} {primary.Host}:{primary.Port}",
            _ => null,
        };
    }

    /// <summary>True when a request on a connection that is forwarded is about this node all the same, in whatever case
    /// its name is: what administers a server or asks it about itself.</summary>
    /// <param name="request">The start of the request, as RESP has it.</param>
    public static bool IsAboutThisNode(ReadOnlySpan<byte> request)
    {
        // *count, $length, name: the numbers are checked by who reads it then.
        int line = request.IndexOf("\r\n$"u8);
        ReadOnlySpan<byte> rest = line < 0 ? default : request[(line + 3)..];
        int start = rest.IndexOf((byte)'\n') + 1;
        int length = start == 0 ? -1 : rest[start..].IndexOf((byte)'\r');
        if (length is < 0 or > 16 || CommandTable.All.Find(rest.Slice(start, length)) is not { } command)
        {
            return false;
        }

        return command.Name is "info" or "role" or "cluster" or "config" or "replicaof" or "slaveof" or "failover"
            or "shutdown" or "save" or "bgsave" or "bgrewriteaof" or "debug" or "monitor" or "psync" or "sync"
            or "replconf" or "slowlog" or "latency" or "acl";
    }

    // As redis tells them: what works while items are loaded needs none, and who administers means this server. The
    // rest of both is named.
    private static bool IsLocal(RespCommand command) => command.Name switch
    {
        "ping" or "script|kill" or "memory|stats" or "memory|doctor" or "memory|malloc-stats" or "memory|purge"
            or "memory|help" or "lolwut" => true,
        "watch" or "publish" or "spublish" or "subscribe" or "psubscribe" or "ssubscribe" or "pubsub|channels"
            or "pubsub|numpat" or "pubsub|numsub" or "pubsub|shardchannels" or "pubsub|shardnumsub" => false,
        _ => (command.Flags & (CommandFlags.Loading | CommandFlags.Admin)) != 0
            || command.Name.StartsWith("cluster|", StringComparison.Ordinal),
    };

    private static bool OnlyReads(RespCommand command) =>
        (command.Traits & (CommandTraits.Reads | CommandTraits.Writes)) == CommandTraits.Reads;

    // In a cluster requests without keys are executed where they are asked.
    private static bool Stays(in RespCall call, RespCommand command)
    {
        if (call.Connection.IsInTransaction)
        {
            return false;
        }

        BackupRules rules = call.Services.Backup;
        return OnlyReads(command)
            ? rules.ReadsStay || call.Client.TakesOldItems || rules.Mode == BackupMode.Moved
            : rules.Mode == BackupMode.Moved && command.Traits.HasFlag(CommandTraits.Writes)
                && FirstKey(call, command) is null && command.Descriptor.Group != "scripting";
    }

    private static int? FirstKey(in RespCall call, RespCommand command)
    {
        if (!command.Descriptor.Allows(call.Count))
        {
            return null;
        }

        List<int> places = [];
        return command.TryGetKeys(call, places) && places.Count > 0 ? places[0] : null;
    }

    private static bool IsOfChannels(RespCommand command) =>
        command.Name is "publish" or "subscribe" or "psubscribe";

    private static bool IsOfSentinels(in RespCall call)
    {
        int channels = call.Is(0, "publish"u8) ? 2 : call.Count;
        for (int i = 1; i < channels; i++)
        {
            if (!call[i].StartsWith(SentinelChannels))
            {
                return false;
            }
        }

        return true;
    }
}
