namespace SessionGateway.Commands.Resp.Server;

/// <summary>A DEBUG SLEEP: its client waits, and nobody else.</summary>
/// <param name="milliseconds">How long.</param>
internal sealed class DebugSleepRequest(long milliseconds) : PausedRequest
{
    private long? _deadline;

    /// <inheritdoc/>
    public override bool HasBegunAnswer => false;

    /// <inheritdoc/>
    public override bool GoOn(in RespCall call)
    {
        if (call.Client.TakeWakeReason() is not (WakeReason.None or WakeReason.Woken))
        {
            call.Output.Write("+OK\r\n"u8);
            return true;
        }

        _deadline ??= call.Client.DeadlineAfter(milliseconds);
        call.Client.Park(_deadline.Value);
        return false;
    }
}
