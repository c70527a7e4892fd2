namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>
/// Who listens to which channel and pattern, for the whole process. One lock guards everything; messages are handed
/// to the connections under it, so all subscribers of a channel see its messages in one order.
/// </summary>
internal sealed class PubSubHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], List<ClientConnection>> _channels = new(BytesComparer.Instance);
    private readonly Dictionary<byte[], List<ClientConnection>> _patterns = new(BytesComparer.Instance);

    /// <summary>Patterns with at least one listener.</summary>
    public int PatternCount
    {
        get
        {
            lock (_lock)
            {
                return _patterns.Count;
            }
        }
    }

    /// <summary>Adds a listener that does not listen to this yet.</summary>
    public void Add(ClientConnection client, byte[] name, bool isPattern)
    {
        lock (_lock)
        {
            Dictionary<byte[], List<ClientConnection>> table = isPattern ? _patterns : _channels;
            if (!table.TryGetValue(name, out List<ClientConnection>? listeners))
            {
                table.Add(name, listeners = []);
            }

            listeners.Add(client);
        }
    }

    /// <summary>Removes a listener.</summary>
    public void Remove(ClientConnection client, byte[] name, bool isPattern)
    {
        lock (_lock)
        {
            Dictionary<byte[], List<ClientConnection>> table = isPattern ? _patterns : _channels;
            if (table.TryGetValue(name, out List<ClientConnection>? listeners) && listeners.Remove(client)
                && listeners.Count == 0)
            {
                table.Remove(name);
            }
        }
    }

    /// <summary>Removes a connection that is gone.</summary>
    public void Forget(ClientConnection client, Subscriptions subscriptions)
    {
        foreach (byte[] channel in subscriptions.Channels)
        {
            Remove(client, channel, isPattern: false);
        }

        foreach (byte[] pattern in subscriptions.Patterns)
        {
            Remove(client, pattern, isPattern: true);
        }
    }

    /// <summary>Sends a message to all who listen, and returns their number.</summary>
    public int Publish(in RespCall call, ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
    {
        int receivers = 0;
        lock (_lock)
        {
            if (Listeners(channel) is { } listeners)
            {
                receivers += Deliver(call, listeners, new PublishedMessage(null, channel, message));
            }

            foreach ((byte[] pattern, List<ClientConnection> matching) in _patterns)
            {
                if (GlobPattern.Matches(pattern, channel))
                {
                    receivers += Deliver(call, matching, new PublishedMessage(pattern, channel, message));
                }
            }
        }

        return receivers;
    }

    /// <summary>Listeners of a channel.</summary>
    public int CountListeners(ReadOnlySpan<byte> channel)
    {
        lock (_lock)
        {
            return Listeners(channel)?.Count ?? 0;
        }
    }

    /// <summary>Channels with listeners that match a pattern.</summary>
    public List<byte[]> ChannelsLike(ReadOnlySpan<byte> pattern)
    {
        List<byte[]> found = [];
        lock (_lock)
        {
            foreach (byte[] channel in _channels.Keys)
            {
                if (GlobPattern.Matches(pattern, channel))
                {
                    found.Add(channel);
                }
            }
        }

        return found;
    }

    private List<ClientConnection>? Listeners(ReadOnlySpan<byte> channel) =>
        _channels.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(channel, out List<ClientConnection>? all)
            ? all
            : null;

    private static int Deliver(in RespCall call, List<ClientConnection> listeners, PublishedMessage message)
    {
        foreach (ClientConnection listener in listeners)
        {
            byte[] bytes = message.For(listener.RespVersion);
            if (listener == call.Client && call.Connection.WaitingMessages is { } waiting)
            {
                waiting.Add(bytes);
            }
            else if (listener == call.Client)
            {
                // As in Redis, before the answer to PUBLISH.
                call.Output.Write(bytes);
            }
            else
            {
                listener.Push(bytes);
            }
        }

        return listeners.Count;
    }
}
