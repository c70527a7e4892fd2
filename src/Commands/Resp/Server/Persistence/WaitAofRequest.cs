namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>A WAITAOF that waits.</summary>
/// <param name="log">The log.</param>
/// <param name="position">What must be on the disk.</param>
/// <param name="wantsLocal">That is waited for.</param>
/// <param name="replicas">How many replicas are waited for: there are none.</param>
/// <param name="milliseconds">How long; 0 = for ever.</param>
internal sealed class WaitAofRequest(
    IPersistence log, long position, bool wantsLocal, long replicas, long milliseconds)
    : WaitingRequest(log.Waiters, milliseconds)
{
    /// <inheritdoc/>
    protected override bool IsReached => replicas == 0 && (!wantsLocal || IsSynced);

    private bool IsSynced => log.SyncedPosition >= position;

    /// <summary>Writes the answer.</summary>
    public static void Write(in RespCall call, bool isSynced) =>
        call.Output.Write(isSynced ? "*2\r\n:1\r\n:0\r\n"u8 : "*2\r\n:0\r\n:0\r\n"u8);

    /// <inheritdoc/>
    protected override void Answer(in RespCall call) => Write(call, IsSynced);
}
