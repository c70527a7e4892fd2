namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>Who the commands of a script come from: a connection without a peer, with a database and a version of its
/// own.</summary>
internal sealed class ScriptClient : ClientConnection
{
    /// <summary>Whose script runs.</summary>
    public ClientConnection? Caller { get; set; }

    /// <inheritdoc/>
    public override string RemoteAddress => "";

    /// <inheritdoc/>
    public override string LocalAddress => "";

    /// <inheritdoc/>
    public override void Wake(int token)
    {
    }

    /// <inheritdoc/>
    public override bool TryUnblock(bool withError) => false;

    /// <inheritdoc/>
    public override long DeadlineAfter(long milliseconds) => 0;

    /// <inheritdoc/>
    public override void Push(PushSource source, PushedMessage message)
    {
    }

    /// <inheritdoc/>
    public override void TakePushes()
    {
    }

    /// <inheritdoc/>
    public override void Kill()
    {
    }
}
