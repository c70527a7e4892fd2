using SessionGateway.Store.Waiters;

namespace SessionGateway.Store;

/// <content>Who follows what happens to single keys: watches compare later, waiters are woken.</content>
public abstract partial class Shard
{
    private KeyWaiters? _waiters;

    /// <summary>Who watches which keys of this shard.</summary>
    public KeyWatches Watches { get; } = new();

    /// <summary>Who waits for which keys of this shard.</summary>
    public KeyWaiters Waiters => _waiters ??= new KeyWaiters();

    internal void NoteChange(in ItemKey key)
    {
        ChangeCount++;
        Watches.Touch(key);
        _waiters?.Signal(key);
    }
}
