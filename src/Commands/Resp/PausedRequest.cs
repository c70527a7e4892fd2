namespace SessionGateway.Commands.Resp;

/// <summary>
/// A command that stopped in its middle and goes on in the connection's next turn; one of a connection at a time. Made
/// only when a command has to stop. Whoever makes it gives it to <see cref="RespConversation.Run"/>.
/// </summary>
internal abstract class PausedRequest
{
    /// <summary>True when a part of the answer may have been written: nothing else is sent to the peer before the
    /// rest.</summary>
    public virtual bool HasBegunAnswer => true;

    /// <summary>True while it keeps its keys to itself (<see cref="KeyClaims"/>).</summary>
    public virtual bool KeepsKeys => false;

    /// <summary>True when CLIENT REPLY hides the answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>
    /// Goes on. The call has the arguments that the first part had; what it found under a lock must be looked up again.
    /// </summary>
    /// <returns>True when the command is complete.</returns>
    public abstract bool GoOn(in RespCall call);

    /// <summary>Frees what it holds; called once, when the command is complete or the connection gone.</summary>
    public virtual void Release()
    {
    }
}
