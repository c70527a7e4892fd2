namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>SAVE: the answer comes when the state is complete on the disk, or the disk has failed.</summary>
internal sealed class SaveRequest(IPersistence log, StateFigures before)
    : WaitingRequest(log.Waiters, milliseconds: 0)
{
    /// <inheritdoc/>
    protected override bool IsReached => IsComplete || HasFailed;

    private bool IsComplete => log.StatesFor(StateKind.Save).Completed > before.Completed;

    private bool HasFailed => log.StatesFor(StateKind.Save).Failures > before.Failures;

    /// <inheritdoc/>
    protected override void Answer(in RespCall call)
    {
        if (IsComplete)
        {
            call.Output.Write("+OK\r\n"u8);
        }
        else
        {
            call.Error("-ERR the disk fails\r\n"u8);
        }
    }
}
