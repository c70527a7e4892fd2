namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>One connection listens to one channel or pattern.</summary>
internal sealed class Subscription(Subscriptions owner, Topic topic) : PushSource, INamed
{
    /// <summary>All that the connection listens to.</summary>
    public Subscriptions Owner { get; } = owner;

    /// <summary>To what.</summary>
    public Topic Topic { get; } = topic;

    /// <summary>The topic's next listener, of the last one the first; the hub's lock guards it.</summary>
    public Subscription Next { get; set; } = null!;

    /// <summary>The topic's listener before; the hub's lock guards it.</summary>
    public Subscription Previous { get; set; } = null!;

    /// <inheritdoc/>
    public byte[] Name => Topic.Name;

    /// <inheritdoc/>
    public override bool HasEnded => base.HasEnded || Owner.HasEnded;
}
