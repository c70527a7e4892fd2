using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>What one connection listens to. Only its own loop uses this.</summary>
internal sealed class Subscriptions
{
    // The subscription, its places in the connection's and the hub's table, the topic with its list: measured with a
    // million channels of their own. A topic that many share is counted for each of them.
    private const int BytesPerSubscription = 400;

    private readonly Dictionary<byte[], Subscription> _channels = new(BytesComparer.Instance);
    private readonly Dictionary<byte[], Subscription> _patterns = new(BytesComparer.Instance);

    /// <summary>Subscribes to what the arguments name, with one answer for each.</summary>
    public static void Subscribe(in RespCall call, bool isPattern)
    {
        Subscriptions own = call.Connection.Subscriptions ??= new Subscriptions();
        for (int i = 1; i < call.Count; i++)
        {
            Dictionary<byte[], Subscription> table = own.Table(isPattern);
            bool isNew = !table.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(call[i]);
            if (isNew)
            {
                if (!FitsOrRefuse(call, call[i], isPattern))
                {
                    return;
                }

                if (!call.Client.TryHold(BytesOf(call[i]), call.Services.Limits.ClientBytes))
                {
                    call.Error(RespErrors.OutOfMemory);
                    return;
                }

                Subscription added = call.Services.Resp.PubSub.Add(call.Client, call[i].ToArray(), isPattern);
                table.Add(added.Topic.Name, added);
                own.Update(call);
            }

            Answer(call, isPattern ? "psubscribe"u8 : "subscribe"u8, call[i]);
        }
    }

    /// <summary>
    /// Unsubscribes from what the arguments name, or from all, with one answer for each and at least one.
    /// </summary>
    public static void Unsubscribe(in RespCall call, bool isPattern)
    {
        Subscriptions? own = call.Connection.Subscriptions;
        ReadOnlySpan<byte> verb = isPattern ? "punsubscribe"u8 : "unsubscribe"u8;
        if (call.Count > 1)
        {
            for (int i = 1; i < call.Count; i++)
            {
                own?.Remove(call, call[i], isPattern);
                Answer(call, verb, call[i]);
            }

            return;
        }

        byte[][] all = own is null ? [] : [.. own.Table(isPattern).Keys];
        foreach (byte[] name in all)
        {
            own!.Remove(call, name, isPattern);
            Answer(call, verb, name);
        }

        if (all.Length == 0)
        {
            call.Connection.Settle(call.Output);
            call.Output.WritePush(3, call.Version);
            call.Output.WriteBulk(verb);
            call.WriteNull();
            call.Output.WriteInteger(Total(call));
            call.Connection.SettlePush(call.Output);
        }
    }

    /// <summary>Unsubscribes from everything without an answer.</summary>
    public void Clear(in RespCall call)
    {
        foreach (Subscription subscription in _channels.Values)
        {
            End(call, subscription);
        }

        foreach (Subscription subscription in _patterns.Values)
        {
            End(call, subscription);
        }

        _channels.Clear();
        _patterns.Clear();
        Update(call);
    }

    /// <summary>The connection is gone.</summary>
    public void Forget(ClientConnection client, PubSubHub hub)
    {
        foreach (Subscription subscription in _channels.Values.Concat(_patterns.Values))
        {
            hub.Remove(subscription);
            subscription.End();
            client.Hold(-BytesOf(subscription.Topic.Name));
        }
    }

    /// <summary>Tells the connection what follows from the numbers and from the version of the protocol.</summary>
    public void Update(in RespCall call)
    {
        call.Client.SubscriptionCount = _channels.Count;
        call.Client.PatternCount = _patterns.Count;
        call.Connection.IsLimitedToSubscriptions = call.Version == 2 && Total(call) > 0;
    }

    /// <summary>True when a channel or pattern is within its bounds; else writes the error.</summary>
    public static bool FitsOrRefuse(in RespCall call, ReadOnlySpan<byte> name, bool isPattern)
    {
        bool fits = name.Length <= GlobPattern.MaxBytes;
        if (!fits)
        {
            call.Error(isPattern ? RespErrors.PatternTooLong : RespErrors.ChannelTooLong);
        }
        else if (isPattern && !call.Services.Resp.PubSub.HasRoomFor(name))
        {
            call.Error(RespErrors.TooManyPatterns);
            fits = false;
        }

        return fits;
    }

    private Dictionary<byte[], Subscription> Table(bool isPattern) => isPattern ? _patterns : _channels;

    // What was published before is delivered before the answer; nothing of it comes after.
    private void Remove(in RespCall call, ReadOnlySpan<byte> name, bool isPattern)
    {
        if (Table(isPattern).GetAlternateLookup<ReadOnlySpan<byte>>().Remove(name, out _, out Subscription? ended))
        {
            End(call, ended);
            Update(call);
        }
    }

    private static void End(in RespCall call, Subscription subscription)
    {
        call.Services.Resp.PubSub.Remove(subscription);
        call.TakePushes();
        subscription.End();
        call.Client.Hold(-BytesOf(subscription.Topic.Name));
    }

    private static void Answer(in RespCall call, ReadOnlySpan<byte> verb, ReadOnlySpan<byte> name)
    {
        call.Connection.Settle(call.Output);
        call.Output.WritePush(3, call.Version);
        call.Output.WriteBulk(verb);
        call.Output.WriteBulk(name);
        call.Output.WriteInteger(Total(call));
        call.Connection.SettlePush(call.Output);
    }

    private static long BytesOf(ReadOnlySpan<byte> name) => (2L * name.Length) + BytesPerSubscription;

    private static int Total(in RespCall call) => call.Client.SubscriptionCount + call.Client.PatternCount;
}
