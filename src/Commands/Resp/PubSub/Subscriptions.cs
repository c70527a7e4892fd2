using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>What one connection listens to. Only its own loop uses this, except where noted.</summary>
internal sealed class Subscriptions(ClientConnection client)
{
    // The subscription, its places in the connection's and the hub's table, the topic: 216 beside the name, measured
    // with a million channels of their own, and more while tables have just grown. A topic that many share is counted
    // for each of them.
    private const int BytesPerSubscription = 280;

    private readonly NameTable<Subscription> _channels = new();
    private readonly NameTable<Subscription> _patterns = new();
    private readonly NameTable<Subscription> _shardChannels = new();
    private long _bytes;

    // By kind: what SUBSCRIBE and UNSUBSCRIBE do for a name.
    private static readonly ArgumentWalk.Step[] Adders =
        [.. Enum.GetValues<TopicKind>().Select(AdderOf)];

    private static readonly ArgumentWalk.Step[] Removers =
        [.. Enum.GetValues<TopicKind>().Select(RemoverOf)];

    /// <summary>Who listens; any thread.</summary>
    public ClientConnection Client { get; } = client;

    /// <summary>True once nothing more is sent to it; the hub's lock guards it.</summary>
    public bool IsDetached { get; set; }

    /// <summary>True once nothing more is delivered to it.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>All of every kind.</summary>
    public IEnumerable<Subscription> All => _channels.All().Concat(_patterns.All()).Concat(_shardChannels.All());

    /// <summary>Subscribes to what the arguments name, with one answer for each.</summary>
    public static void Subscribe(in RespCall call, TopicKind kind) => ArgumentWalk.Run(call, Adders[(int)kind]);

    /// <summary>
    /// Unsubscribes from what the arguments name, or from all, with one answer for each and at least one.
    /// </summary>
    public static void Unsubscribe(in RespCall call, TopicKind kind)
    {
        if (call.Count > 1)
        {
            ArgumentWalk.Run(call, Removers[(int)kind]);
        }
        else if (call.Connection.Subscriptions is { } own && own.Table(kind).Count > 0)
        {
            call.Connection.Run(new UnsubscribeAll(own, kind), call);
        }
        else
        {
            Answer(call, kind, "unsubscribe"u8, default, isNone: true);
        }
    }

    /// <summary>Unsubscribes from everything without an answer: what was published before is delivered.</summary>
    public static void Clear(in RespCall call)
    {
        if (call.Connection.Subscriptions is not { } ended)
        {
            return;
        }

        call.Services.Resp.PubSub.Detach(ended);
        call.TakePushes();
        ended.End(call.Context);
        call.Connection.Subscriptions = new Subscriptions(call.Client);
        call.Connection.Subscriptions.Update(call);
    }

    /// <summary>The connection is gone.</summary>
    public void Forget(CommandContext context)
    {
        context.Services.Resp.PubSub.Detach(this);
        End(context);
    }

    /// <summary>Tells the connection what follows from the numbers and from the version of the protocol.</summary>
    public void Update(in RespCall call)
    {
        call.Client.SubscriptionCount = _channels.Count;
        call.Client.PatternCount = _patterns.Count;
        call.Client.ShardChannelCount = _shardChannels.Count;
        call.Connection.IsLimitedToSubscriptions = call.Version == 2 && call.Client.IsSubscribed;
    }

    /// <summary>True when a channel or pattern is within its bounds; else writes the error.</summary>
    public static bool FitsOrRefuse(in RespCall call, ReadOnlySpan<byte> name, TopicKind kind)
    {
        bool fits = name.Length <= GlobPattern.MaxBytes;
        if (!fits)
        {
            call.Error(kind == TopicKind.Pattern ? RespErrors.PatternTooLong : RespErrors.ChannelTooLong);
        }
        else if (kind == TopicKind.Pattern && !call.Services.Resp.PubSub.HasRoomFor(name))
        {
            call.Error(RespErrors.TooManyPatterns);
            fits = false;
        }

        return fits;
    }

    /// <summary>Unsubscribes from one, with an answer.</summary>
    public static void RemoveOne(in RespCall call, ReadOnlySpan<byte> name, TopicKind kind)
    {
        call.Connection.Subscriptions?.Remove(call, name, kind);
        Answer(call, kind, "unsubscribe"u8, name);
    }

    /// <summary>What the connection listens to now.</summary>
    public NameTable<Subscription> Table(TopicKind kind) => kind switch
    {
        TopicKind.Channel => _channels,
        TopicKind.Pattern => _patterns,
        _ => _shardChannels,
    };

    private static ArgumentWalk.Step AdderOf(TopicKind kind) =>
        (in RespCall call, int index) => TryAdd(call, call[index], kind);

    private static ArgumentWalk.Step RemoverOf(TopicKind kind) => (in RespCall call, int index) =>
    {
        RemoveOne(call, call[index], kind);
        call.Connection.Subscriptions?.Table(kind).Shrink(call[index]);
        return true;
    };

    // False with an error, which ends the command.
    private static bool TryAdd(in RespCall call, ReadOnlySpan<byte> name, TopicKind kind)
    {
        Subscriptions own = call.Connection.Subscriptions ??= new Subscriptions(call.Client);
        NameTable<Subscription> table = own.Table(kind);
        if (!table.Contains(name))
        {
            if (!FitsOrRefuse(call, name, kind))
            {
                return false;
            }

            if (!call.Client.TryHold(BytesOf(name), call.Services.Limits.ClientBytes))
            {
                call.Error(RespErrors.OutOfMemory);
                return false;
            }

            own._bytes += BytesOf(name);
            table.Add(call.Services.Resp.PubSub.Add(own, name, kind));
            own.Update(call);
        }

        Answer(call, kind, "subscribe"u8, name);
        return true;
    }

    // What was published before is delivered before the answer; nothing of it comes after.
    private void Remove(in RespCall call, ReadOnlySpan<byte> name, TopicKind kind)
    {
        NameTable<Subscription> table = Table(kind);
        if (table.TryGetValue(name, out Subscription? ended))
        {
            table.Remove(ended);
            call.Services.Resp.PubSub.Remove(ended);
            call.TakePushes();
            ended.End();
            Release(BytesOf(name));
            Update(call);
        }
    }

    private void End(CommandContext context)
    {
        HasEnded = true;
        var rest = new SubscriptionsLeftover(this, _bytes);
        Release(_bytes);
        context.Leftovers.Leave(rest);
    }

    private void Release(long bytes)
    {
        _bytes -= bytes;
        Client.Hold(-bytes);
    }

    private static void Answer(
        in RespCall call, TopicKind kind, ReadOnlySpan<byte> verb, ReadOnlySpan<byte> name, bool isNone = false)
    {
        call.Connection.Settle(call.Output);
        call.Output.WritePush(3, call.Version);
        Span<byte> word = stackalloc byte[16];
        int start = kind == TopicKind.Channel ? 0 : 1;
        word[0] = kind == TopicKind.Pattern ? (byte)'p' : (byte)'s';
        verb.CopyTo(word[start..]);
        call.Output.WriteBulk(word[..(start + verb.Length)]);
        if (isNone)
        {
            call.WriteNull();
        }
        else
        {
            call.Output.WriteBulk(name);
        }

        call.Output.WriteInteger(kind == TopicKind.Shard ? call.Client.ShardChannelCount : Total(call));
        call.Connection.SettlePush(call.Output);
    }

    private static long BytesOf(ReadOnlySpan<byte> name) => name.Length + BytesPerSubscription;

    private static int Total(in RespCall call) => call.Client.SubscriptionCount + call.Client.PatternCount;
}
