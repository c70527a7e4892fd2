using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>What one connection listens to. Only its own loop uses this.</summary>
internal sealed class Subscriptions
{
    private readonly HashSet<byte[]> _channels = new(BytesComparer.Instance);
    private readonly HashSet<byte[]> _patterns = new(BytesComparer.Instance);

    /// <summary>Channels.</summary>
    public IReadOnlyCollection<byte[]> Channels => _channels;

    /// <summary>Patterns.</summary>
    public IReadOnlyCollection<byte[]> Patterns => _patterns;

    /// <summary>Subscribes to what the arguments name, with one answer for each.</summary>
    public static void Subscribe(in RespCall call, bool isPattern)
    {
        Subscriptions own = call.Connection.Subscriptions ??= new Subscriptions();
        for (int i = 1; i < call.Count; i++)
        {
            byte[] name = call[i].ToArray();
            if ((isPattern ? own._patterns : own._channels).Add(name))
            {
                call.Services.Resp.PubSub.Add(call.Client, name, isPattern);
                own.Update(call);
            }

            Answer(call, isPattern ? "psubscribe"u8 : "subscribe"u8, name);
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
                own?.Remove(call, call[i].ToArray(), isPattern);
                Answer(call, verb, call[i]);
            }

            return;
        }

        byte[][] all = own is null ? [] : [.. isPattern ? own._patterns : own._channels];
        foreach (byte[] name in all)
        {
            own!.Remove(call, name, isPattern);
            Answer(call, verb, name);
        }

        if (all.Length == 0)
        {
            call.Output.WritePush(3, call.Version);
            call.Output.WriteBulk(verb);
            call.WriteNull();
            call.Output.WriteInteger(Total(call));
        }
    }

    /// <summary>Unsubscribes from everything without an answer.</summary>
    public void Clear(in RespCall call)
    {
        call.Services.Resp.PubSub.Forget(call.Client, this);
        _channels.Clear();
        _patterns.Clear();
        Update(call);
    }

    /// <summary>Tells the connection what follows from the numbers and from the version of the protocol.</summary>
    public void Update(in RespCall call)
    {
        call.Client.SubscriptionCount = _channels.Count;
        call.Client.PatternCount = _patterns.Count;
        call.Connection.IsLimitedToSubscriptions = call.Version == 2 && Total(call) > 0;
    }

    private void Remove(in RespCall call, byte[] name, bool isPattern)
    {
        if ((isPattern ? _patterns : _channels).Remove(name))
        {
            call.Services.Resp.PubSub.Remove(call.Client, name, isPattern);
            Update(call);
        }
    }

    private static void Answer(in RespCall call, ReadOnlySpan<byte> verb, ReadOnlySpan<byte> name)
    {
        call.Output.WritePush(3, call.Version);
        call.Output.WriteBulk(verb);
        call.Output.WriteBulk(name);
        call.Output.WriteInteger(Total(call));
    }

    private static int Total(in RespCall call) => call.Client.SubscriptionCount + call.Client.PatternCount;
}
