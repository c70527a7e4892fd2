namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>What became of forwarded connections, ever growing; from any thread.</summary>
internal sealed class ForwarderStats
{
    private long _opened;
    private long _kept;
    private long _cut;
    private long _refused;

    /// <summary>Connections opened to a primary.</summary>
    public long Opened => Volatile.Read(ref _opened);

    /// <summary>Clients that stayed connected while their connection to a primary ended.</summary>
    public long Kept => Volatile.Read(ref _kept);

    /// <summary>Clients that were closed because a request of theirs was on its way, or might have been.</summary>
    public long Cut => Volatile.Read(ref _cut);

    /// <summary>Clients that were told that there is no primary.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>One more was opened.</summary>
    public void CountOpened() => Interlocked.Increment(ref _opened);

    /// <summary>One more was kept.</summary>
    public void CountKept() => Interlocked.Increment(ref _kept);

    /// <summary>One more was cut.</summary>
    public void CountCut() => Interlocked.Increment(ref _cut);

    /// <summary>One more was refused.</summary>
    public void CountRefused() => Interlocked.Increment(ref _refused);
}
