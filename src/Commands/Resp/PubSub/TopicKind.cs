namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>What is listened to; each kind has names of its own.</summary>
internal enum TopicKind
{
    /// <summary>A channel.</summary>
    Channel,

    /// <summary>A pattern of channels.</summary>
    Pattern,

    /// <summary>A shard channel (SSUBSCRIBE): patterns do not reach it.</summary>
    Shard,
}
