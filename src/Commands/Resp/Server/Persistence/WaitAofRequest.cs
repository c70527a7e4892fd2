namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>A WAITAOF that waits.</summary>
/// <param name="wait">What for.</param>
/// <param name="waiters">Who are told when the log, or replicas, came further.</param>
/// <param name="others">The others of both; null: there are none.</param>
/// <param name="milliseconds">How long; 0 = for ever.</param>
internal sealed class WaitAofRequest(
    SyncedWait wait, RequestWaiters waiters, RequestWaiters? others, long milliseconds)
    : WaitingRequest(waiters, milliseconds, others)
{
    /// <inheritdoc/>
    protected override bool IsReached => wait.IsReached;

    /// <inheritdoc/>
    protected override void Answer(in RespCall call) => wait.Write(call);
}
