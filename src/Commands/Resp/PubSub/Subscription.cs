namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>One connection listens to one channel or pattern.</summary>
internal sealed class Subscription(ClientConnection client, Topic topic) : PushSource
{
    /// <summary>Who listens.</summary>
    public ClientConnection Client { get; } = client;

    /// <summary>To what.</summary>
    public Topic Topic { get; } = topic;

    /// <summary>Place in the topic's list; the hub's lock guards it.</summary>
    public int Place { get; set; }
}
