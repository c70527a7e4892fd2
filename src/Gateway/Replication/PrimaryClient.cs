using SessionGateway.Commands;

namespace SessionGateway.Gateway.Replication;

/// <summary>Who the commands of a primary come from: nobody who is answered.</summary>
/// <param name="address">The primary, <c>host:port</c>.</param>
/// <param name="woken">Called when a parked request is to be run again; from any thread.</param>
internal sealed class PrimaryClient(string address, Action woken) : ClientConnection
{
    private int _wokenToken = -1;

    /// <inheritdoc/>
    public override bool IsPrimary => true;

    /// <inheritdoc/>
    public override string RemoteAddress => address;

    /// <inheritdoc/>
    public override string LocalAddress => "";

    /// <inheritdoc/>
    public override void Wake(int token)
    {
        if (token == ParkToken && Interlocked.Exchange(ref _wokenToken, token) != token)
        {
            woken();
        }
    }

    /// <summary>On its loop: a request that was woken is run again.</summary>
    public void RunAgain()
    {
        if (IsParked && Volatile.Read(ref _wokenToken) == ParkToken)
        {
            TryUnpark(WakeReason.Woken);
        }
    }

    /// <inheritdoc/>
    public override bool TryUnblock(bool withError) => false;

    /// <inheritdoc/>
    public override long DeadlineAfter(long milliseconds) => NoDeadline;

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
