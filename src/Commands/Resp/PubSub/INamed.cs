namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>Something that a table finds by its name.</summary>
internal interface INamed
{
    /// <summary>The name; does not change.</summary>
    byte[] Name { get; }
}
