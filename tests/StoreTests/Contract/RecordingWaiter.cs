using SessionGateway.Store.Waiters;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Counts how often it was told to look.</summary>
internal sealed class RecordingWaiter : IKeyWaiter
{
    private int _wakes;

    public void Wake() => _wakes++;

    /// <summary>True when it was told to look since the last call.</summary>
    public bool TakeWake()
    {
        bool wasWoken = _wakes > 0;
        _wakes = 0;
        return wasWoken;
    }
}
