using System.Text;
using SessionGateway.Commands;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.UnitTests.Support;

/// <summary>A connection without a socket that remembers what happened to it.</summary>
public sealed class TestConnection : ClientConnection
{
    private const long MaxPushedBytes = 64 << 20;

    private readonly PushQueue _pushes = new();

    /// <inheritdoc/>
    public override string RemoteAddress => $"127.0.0.1:{50_000 + Id}";

    /// <inheritdoc/>
    public override string LocalAddress => "127.0.0.1:6379";

    /// <summary>True after <see cref="Kill"/>.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>The deadline of the request that was parked last; milliseconds that it may wait.</summary>
    public long Deadline { get; private set; }

    /// <inheritdoc/>
    public override void Wake(int token)
    {
        if (token == ParkToken)
        {
            TryUnpark(WakeReason.Woken);
        }
    }

    /// <inheritdoc/>
    public override bool TryUnblock(bool withError) =>
        TryUnpark(withError ? WakeReason.UnblockedWithError : WakeReason.Unblocked);

    /// <inheritdoc/>
    public override long DeadlineAfter(long milliseconds) => milliseconds;

    /// <summary>The parked request's time is over.</summary>
    public void TimeOut() => TryUnpark(WakeReason.TimedOut);

    /// <inheritdoc/>
    protected override void OnParked(long deadline) => Deadline = deadline;

    /// <summary>Where replies go while a command of this connection runs, else null.</summary>
    public OutputBuffer? Running { get; set; }

    /// <inheritdoc/>
    public override void Push(PushSource source, PushedMessage message) =>
        _pushes.Add(Running is null ? source : null, message, MaxPushedBytes);

    /// <inheritdoc/>
    public override void TakePushes() => Deliver(Running!);

    /// <inheritdoc/>
    public override void Kill() => IsKilled = true;

    /// <summary>Takes what was pushed since the last call.</summary>
    public string TakePushed()
    {
        using var output = new OutputBuffer(256, (int)MaxPushedBytes);
        Deliver(output);
        return Encoding.Latin1.GetString(output.Written);
    }

    private void Deliver(OutputBuffer output)
    {
        foreach ((PushSource? source, PushedMessage message) in _pushes.Take())
        {
            if (source is not { HasEnded: true })
            {
                message.WriteTo(output, RespVersion);
            }
        }

        _pushes.Release();
    }
}
