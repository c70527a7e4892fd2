using System.Text;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>A channel, shard channel or pattern that somebody listens to. The hub's lock guards the list.</summary>
internal sealed class Topic(byte[] name, TopicKind kind, long number)
{
    private static readonly byte[] ChannelHead = "3\r\n$7\r\nmessage\r\n"u8.ToArray();

    private static readonly byte[] ShardHead = "3\r\n$8\r\nsmessage\r\n"u8.ToArray();

    private readonly byte[] _head = kind switch
    {
        TopicKind.Channel => ChannelHead,
        TopicKind.Shard => ShardHead,
        _ => PatternHead(name),
    };

    private readonly List<Subscription> _listeners = [];

    /// <summary>The name or the pattern.</summary>
    public byte[] Name { get; } = name;

    /// <summary>Grows from topic to topic.</summary>
    public long Number { get; } = number;

    /// <summary>What it is.</summary>
    public TopicKind Kind { get; } = kind;

    /// <summary>Who listens.</summary>
    public IReadOnlyList<Subscription> Listeners => _listeners;

    /// <summary>Adds a listener.</summary>
    public void Add(Subscription subscription)
    {
        subscription.Place = _listeners.Count;
        _listeners.Add(subscription);
    }

    /// <summary>Removes a listener; the last one takes its place.</summary>
    public void Remove(Subscription subscription)
    {
        Subscription last = _listeners[^1];
        _listeners[subscription.Place] = last;
        last.Place = subscription.Place;
        _listeners.RemoveAt(_listeners.Count - 1);
    }

    /// <summary>Sends a message to all listeners; returns their number.</summary>
    /// <param name="body">Channel and message as bulk strings.</param>
    public int Send(byte[] body)
    {
        if (_listeners.Count == 0)
        {
            return 0;
        }

        var message = new PushedMessage(_head, body);
        foreach (Subscription listener in _listeners)
        {
            listener.Client.Push(listener, message);
        }

        return _listeners.Count;
    }

    // *4 pmessage <pattern> <channel> <message>; channels: *3 message <channel> <message>
    private static byte[] PatternHead(byte[] pattern) =>
        [.. Encoding.ASCII.GetBytes($"4\r\n$8\r\npmessage\r\n${pattern.Length}\r\n"), .. pattern, .. "\r\n"u8];
}
