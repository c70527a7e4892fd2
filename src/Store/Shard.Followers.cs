using SessionGateway.Store.Waiters;

namespace SessionGateway.Store;

/// <content>Who follows what happens to single keys: watches compare later, waiters are woken, listeners
/// told.</content>
public abstract partial class Shard
{
    private KeyWaiters? _waiters;

    /// <summary>Who watches which keys of this shard.</summary>
    public KeyWatches Watches { get; } = new();

    /// <summary>Who waits for which keys of this shard.</summary>
    public KeyWaiters Waiters => _waiters ??= new KeyWaiters();

    internal void NoteChange(in ItemKey key)
    {
        AssertHeld();
        ChangeCount++;
        Watches.Touch(key);
        _waiters?.Signal(key);
    }

    /// <summary>Fields of a hash ended by themselves.</summary>
    internal void NoteFieldsEnded(in ItemKey key, bool isLast)
    {
        _waiters?.Signal(key);
        if (!_effects.IsQuiet && _effects.Stream.Ends is { } ends)
        {
            ends.OnFieldsEnded(key, isLast);
        }
    }

    private void NoteEnd(in ItemKey key, RemoveReason reason)
    {
        _waiters?.Signal(key);
        if (reason != RemoveReason.Deleted && !_effects.IsQuiet && _effects.Stream.Ends is { } ends)
        {
            ends.OnEnded(key, reason);
        }
    }
}
