using System.Text;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>A channel, shard channel or pattern that somebody listens to. The hub's lock guards the list.</summary>
internal sealed class Topic(byte[] name, TopicKind kind, long number) : INamed
{
    private static readonly byte[] ChannelHead = "3\r\n$7\r\nmessage\r\n"u8.ToArray();

    private static readonly byte[] ShardHead = "3\r\n$8\r\nsmessage\r\n"u8.ToArray();

    private readonly byte[] _head = kind switch
    {
        TopicKind.Channel => ChannelHead,
        TopicKind.Shard => ShardHead,
        _ => PatternHead(name),
    };

    // A ring, since most topics have one listener: a list of its own would be the larger part of the topic.
    private Subscription? _first;

    /// <summary>The name or the pattern.</summary>
    public byte[] Name { get; } = name;

    /// <summary>Grows from topic to topic.</summary>
    public long Number { get; } = number;

    /// <summary>What it is.</summary>
    public TopicKind Kind { get; } = kind;

    /// <summary>How many listen.</summary>
    public int Listeners { get; private set; }

    /// <summary>Adds a listener, as the last one.</summary>
    public void Add(Subscription subscription)
    {
        _first ??= subscription;
        subscription.Next = _first;
        subscription.Previous = Listeners == 0 ? subscription : _first.Previous;
        subscription.Previous.Next = subscription;
        _first.Previous = subscription;
        Listeners++;
    }

    /// <summary>Removes a listener.</summary>
    public void Remove(Subscription subscription)
    {
        subscription.Previous.Next = subscription.Next;
        subscription.Next.Previous = subscription.Previous;
        Listeners--;
        if (_first == subscription)
        {
            _first = Listeners == 0 ? null : subscription.Next;
        }
    }

    /// <summary>Sends a message to all listeners; returns their number.</summary>
    /// <param name="body">Channel and message as bulk strings.</param>
    public int Send(byte[] body)
    {
        if (_first is not { } listener)
        {
            return 0;
        }

        var message = new PushedMessage(_head, body);
        int receivers = 0;
        do
        {
            // One whose connection is gone and whom its loop has not removed yet hears nothing.
            if (!listener.Owner.IsDetached)
            {
                listener.Owner.Client.Push(listener, message);
                receivers++;
            }

            listener = listener.Next;
        }
        while (listener != _first);
        return receivers;
    }

    // *4 pmessage <pattern> <channel> <message>; channels: *3 message <channel> <message>
    private static byte[] PatternHead(byte[] pattern) =>
        [.. Encoding.ASCII.GetBytes($"4\r\n$8\r\npmessage\r\n${pattern.Length}\r\n"), .. pattern, .. "\r\n"u8];
}
