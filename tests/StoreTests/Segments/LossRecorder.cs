using SessionGateway.Store.Policies;

namespace SessionGateway.StoreTests.Segments;

/// <summary>Writes down every loss.</summary>
public sealed class LossRecorder : ILossListener
{
    /// <summary>The losses.</summary>
    public List<(LossReason Reason, ulong Hash, long Idle, long Ttl)> Losses { get; } = [];

    /// <inheritdoc/>
    public void OnLost(LossReason reason, ulong keyHash, long idleMilliseconds, long ttlMilliseconds) =>
        Losses.Add((reason, keyHash, idleMilliseconds, ttlMilliseconds));
}
