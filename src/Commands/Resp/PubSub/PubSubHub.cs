using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>
/// Who listens to which channel and pattern, for the whole process. One lock guards everything; messages are handed
/// to the connections under it, so all subscribers of a channel see its messages in one order.
/// </summary>
internal sealed class PubSubHub
{
    // Each PUBLISH compares its channel with all of them: 16,000 short patterns, or 256 long ones, take a few
    // milliseconds.
    private const int MaxPatternBytes = 256 * 1024;
    private const int LeastPatternBytes = 16;

    private readonly Lock _lock = new();
    private int _patternBytes;
    private readonly NameTable<Topic> _channels = new();
    private readonly NameTable<Topic> _patterns = new();
    private readonly NameTable<Topic> _shardChannels = new();

    // The same topics by their numbers: a walk goes on behind the number that it came to, whatever came and went
    // meanwhile.
    private readonly List<Topic> _patternList = [];
    private long _lastNumber;

    /// <summary>True when nobody listens to anything; from any thread, a moment old.</summary>
    public bool IsSilent => _channels.Count == 0 && _patterns.Count == 0;

    /// <summary>Channels with at least one listener.</summary>
    public int ChannelCount => CountOf(_channels);

    /// <summary>Shard channels with at least one listener.</summary>
    public int ShardChannelCount => CountOf(_shardChannels);

    /// <summary>Patterns with at least one listener.</summary>
    public int PatternCount => CountOf(_patterns);

    /// <summary>False when a pattern that nobody listens to yet would be one too many.</summary>
    public bool HasRoomFor(ReadOnlySpan<byte> pattern)
    {
        lock (_lock)
        {
            return _patternBytes + WeightOf(pattern) <= MaxPatternBytes
                || _patterns.Contains(pattern);
        }
    }

    /// <summary>Adds a listener that does not listen to this yet.</summary>
    public Subscription Add(Subscriptions owner, ReadOnlySpan<byte> name, TopicKind kind)
    {
        lock (_lock)
        {
            NameTable<Topic> table = Table(kind);
            if (!table.TryGetValue(name, out Topic? topic))
            {
                table.Add(topic = new Topic(name.ToArray(), kind, ++_lastNumber));
                if (kind == TopicKind.Pattern)
                {
                    _patternBytes += WeightOf(name);
                    _patternList.Add(topic);
                }
            }

            var subscription = new Subscription(owner, topic);
            topic.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Removes a listener: what it was sent before this returns is all that it will be sent.</summary>
    public void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            Topic topic = subscription.Topic;
            topic.Remove(subscription);
            if (topic.Listeners == 0)
            {
                NameTable<Topic> table = Table(topic.Kind);
                table.Remove(topic);
                table.Shrink(topic.Name);
                if (topic.Kind == TopicKind.Pattern)
                {
                    _patternBytes -= WeightOf(topic.Name);
                    _patternList.RemoveAt(FirstPatternFrom(topic.Number));
                }
            }
        }
    }

    /// <summary>A connection is gone or reset: what it was sent before this returns is all that it will be sent, though
    /// its subscriptions are removed later.</summary>
    public void Detach(Subscriptions owner)
    {
        lock (_lock)
        {
            owner.IsDetached = true;
        }
    }

    /// <summary>
    /// Compares the channel with the patterns and then sends the message to all who listen, at one moment: whoever
    /// listens, by whatever name, sees messages in the same order.
    /// </summary>
    /// <param name="channel">Channel.</param>
    /// <param name="message">Message.</param>
    /// <param name="walk">How far the comparing came; begins as default.</param>
    /// <param name="context">Spends the work.</param>
    /// <param name="receivers">Who was sent it.</param>
    /// <returns>False when the turn is over before everything was compared; nothing was sent then.</returns>
    public bool TryPublish(
        ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message, ref PatternWalk walk, CommandContext context,
        out int receivers)
    {
        receivers = 0;
        lock (_lock)
        {
            for (int i = FirstPatternFrom(walk.Next); i < _patternList.Count; i++)
            {
                if (walk.IsOver(context))
                {
                    return false;
                }

                walk.Compare(_patternList[i], channel);
                walk.Spend(context);
            }

            receivers = Send(channel, message, walk.Matches);
        }

        return true;
    }

    /// <summary>
    /// Sends a message to all who listen, without a stop between patterns: for what is told under a lock.
    /// </summary>
    /// <param name="channel">Channel.</param>
    /// <param name="message">Message.</param>
    /// <param name="steps">Grows by the steps of comparing the channel with patterns.</param>
    public void Publish(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message, ref long steps)
    {
        PatternWalk walk = default;
        lock (_lock)
        {
            foreach (Topic pattern in _patternList)
            {
                walk.Compare(pattern, channel);
            }

            Send(channel, message, walk.Matches);
        }

        steps += walk.Steps;
    }

    /// <summary>Sends a message to all who listen to a shard channel, and returns their number.</summary>
    public int PublishToShard(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            return _shardChannels.TryGetValue(channel, out Topic? topic)
                ? topic.Send(PublishedBody.Of(channel, message))
                : 0;
        }
    }

    /// <summary>Listeners of a channel, with those that are about to be removed.</summary>
    public int CountListeners(ReadOnlySpan<byte> channel, TopicKind kind)
    {
        lock (_lock)
        {
            return Table(kind).TryGetValue(channel, out Topic? topic)
                ? topic.Listeners
                : 0;
        }
    }

    /// <summary>Compares channels that have listeners with a pattern, a part of them after the other.</summary>
    /// <param name="pattern">Pattern.</param>
    /// <param name="kind">Channels or shard channels.</param>
    /// <param name="walk">How far it came, and what was found; begins as default.</param>
    /// <param name="context">Spends the work.</param>
    /// <returns>False when the turn is over before all were compared.</returns>
    public bool TryCollect(
        ReadOnlySpan<byte> pattern, TopicKind kind, ref ChannelWalk walk, CommandContext context)
    {
        lock (_lock)
        {
            walk.Begin(Table(kind));
            while (!walk.CompareNext(pattern, context))
            {
                if (context.IsAtomicStepSpent || context.ShouldPause())
                {
                    return false;
                }
            }
        }

        return true;
    }

    private int CountOf(NameTable<Topic> table)
    {
        lock (_lock)
        {
            return table.Count;
        }
    }

    private NameTable<Topic> Table(TopicKind kind) => kind switch
    {
        TopicKind.Channel => _channels,
        TopicKind.Pattern => _patterns,
        _ => _shardChannels,
    };

    private int Send(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message, List<Topic>? patterns)
    {
        int receivers = 0;
        byte[]? body = null;
        if (_channels.TryGetValue(channel, out Topic? topic))
        {
            receivers += topic.Send(body = PublishedBody.Of(channel, message));
        }

        // One that lost its last listener meanwhile sends nothing.
        foreach (Topic pattern in patterns ?? [])
        {
            receivers += pattern.Send(body ??= PublishedBody.Of(channel, message));
        }

        return receivers;
    }

    private int FirstPatternFrom(long number)
    {
        int low = 0;
        int high = _patternList.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_patternList[middle].Number < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int WeightOf(ReadOnlySpan<byte> pattern) => Math.Max(pattern.Length, LeastPatternBytes);
}
