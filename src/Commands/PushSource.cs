namespace SessionGateway.Commands;

/// <summary>
/// Why a connection is sent something that it did not ask for at the moment: a subscription, later a watch on keys. A
/// message is judged by its source when it is delivered, on the connection's own loop: what was sent before the end of
/// its source and arrives after it is dropped. Who asks for the same again gets a new source, so older messages stay
/// dropped.
/// </summary>
public class PushSource
{
    private bool _hasEnded;

    /// <summary>True once the connection has ended it. Read and written on the connection's loop only.</summary>
    public virtual bool HasEnded => _hasEnded;

    /// <summary>From now on nothing of it is delivered; on the connection's loop.</summary>
    public void End() => _hasEnded = true;
}
