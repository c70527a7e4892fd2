using SessionGateway.Store;

namespace SessionGateway.ServerTests.Memory;

/// <summary>Counts the items that it is told of.</summary>
internal sealed class EndCounter : IEndListener
{
    /// <summary>Expired ones.</summary>
    public int Expired { get; private set; }

    public void OnEnded(in ItemKey key, RemoveReason reason) => Expired += reason == RemoveReason.Expired ? 1 : 0;
}
