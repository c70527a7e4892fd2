using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>A WAIT that waits.</summary>
/// <param name="replication">Knows how far replicas are.</param>
/// <param name="mark">What they must have reached.</param>
/// <param name="replicas">How many of them.</param>
/// <param name="milliseconds">How long; 0 = for ever.</param>
internal sealed class WaitRequest(IReplication replication, HistoryMark mark, long replicas, long milliseconds)
    : PausedRequest
{
    private ClientConnection? _client;
    private Action? _wake;
    private long _deadline;
    private int _token;

    /// <inheritdoc/>
    public override bool HasBegunAnswer => false;

    private bool IsReached => replication.CountReached(mark) >= replicas;

    /// <inheritdoc/>
    public override bool GoOn(in RespCall call)
    {
        WakeReason reason = call.Client.TakeWakeReason();
        if (reason == WakeReason.UnblockedWithError && !IsReached)
        {
            call.Error("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n"u8);
            return true;
        }

        if (IsReached || reason is WakeReason.TimedOut or WakeReason.Unblocked)
        {
            call.Output.WriteInteger(replication.CountReached(mark));
            return true;
        }

        Park(call.Client);
        return false;
    }

    /// <inheritdoc/>
    public override void Release()
    {
        if (_wake is not null)
        {
            replication.Waiters.Remove(_wake);
        }
    }

    private void Park(ClientConnection client)
    {
        if (_client is null)
        {
            _client = client;
            _deadline = milliseconds == 0 ? ClientConnection.NoDeadline : client.DeadlineAfter(milliseconds);
            _wake = Wake;
        }

        Volatile.Write(ref _token, client.Park(_deadline));
        replication.Waiters.Add(_wake!);

        // It may have come true before anybody knew that this one waits.
        if (IsReached)
        {
            Wake();
        }
    }

    private void Wake() => _client!.Wake(Volatile.Read(ref _token));
}
