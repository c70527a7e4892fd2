using SessionGateway.Gateway.Holding;

namespace SessionGateway.Gateway.Connections;

/// <content>
/// Replies that wait for a position (ADR 0015). Later requests are executed meanwhile; only bytes wait, in order, until
/// there are too many: then nothing more is read.
/// </content>
internal sealed partial class Connection : IHeldOwner
{
    // A peer that has sent its last bytes may still read (netcat -N): an answer that comes soon reaches it. A log or a
    // backup takes milliseconds.
    private const int FinishedPeerMilliseconds = 1000;

    private HeldReplies? _held;

    /// <summary>True while replies wait.</summary>
    public bool HoldsReplies => _held is { IsEmpty: false };

    // An empty output is the usual case, and what has no output holds none.
    private bool IsFull => !_output.IsEmpty && _held is { IsFull: true };

    private int SendableBytes => _held is { IsEmpty: false } held ? held.Sendable : _output.Length;

    /// <summary>True when replies wait, but the peer has gone, as it seems.</summary>
    public bool HoldsForNobody(long now) =>
        HoldsReplies && LastActive < now - FinishedPeerMilliseconds && (PeerFinished || _transport.LooksClosed());

    /// <inheritdoc/>
    public void OnReleased()
    {
        StalledSince = Loop.Context.Now;
        Loop.Enqueue(this);
    }

    /// <inheritdoc/>
    public void OnHeldFailed() => Close();

    // The turn's answers wait together for the latest of their writes. What it wrote without an answer, the next answer
    // tells.
    private void SendOrHold(ReadOnlySpan<byte> bytes, LoopHolds holds)
    {
        long position = holds.TakeWanted();
        if (position == 0 && _held is null)
        {
            if (!bytes.IsEmpty)
            {
                SendFresh(bytes);
            }

            return;
        }

        _held ??= new HeldReplies(holds, this);
        position = Math.Max(position, holds.Unreached(_held.Unanswered));
        _held.Unanswered = bytes.IsEmpty ? position : 0;
        if (bytes.IsEmpty)
        {
            return;
        }

        if (position == 0 && _held.IsEmpty)
        {
            SendFresh(bytes);
            return;
        }

        int before = _output.Length;
        _output.Append(bytes);
        _held.Add(bytes.Length, position, before);
        if (IsKeptBack)
        {
            Loop.Strangers.Delay(this);
        }
    }

    // What the turn has answered so far may have to wait: then nothing of it is sent before the turn's end.
    private bool MayHold(LoopHolds holds) =>
        holds.HasWanted || (_held is not null && (!_held.IsEmpty || holds.Unreached(_held.Unanswered) != 0));

    // What was put behind held replies waits with them.
    private void HoldBehind(int count)
    {
        if (HoldsReplies && count > 0)
        {
            _held!.Add(count, position: 0, before: 0);
        }
    }

    private void ConsumeSent(int count)
    {
        if (HoldsReplies)
        {
            _held!.Sent(count);
        }

        _output.Consume(count);
    }

    // It ends when the last reply is out; until then only its peer's close is of interest.
    private void FinishHeld()
    {
        if (_transport.MayHaveInput && !PeerFinished)
        {
            Loop.Enqueue(this);
        }
    }
}
