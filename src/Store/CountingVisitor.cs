namespace SessionGateway.Store;

/// <summary>A visitor that knows how many items it saw, so that an iteration step can stop at a count.</summary>
public abstract class CountingVisitor : IItemVisitor
{
    /// <summary>Nothing of an item is told, but a figure of many: who asks how this node is does not wait
    /// (<see cref="ItemStore.Guard"/>).</summary>
    public virtual bool IsFigure => false;

    /// <summary>Items visited so far.</summary>
    public int Seen { get; private set; }

    /// <inheritdoc/>
    public virtual bool WantsValues => false;

    /// <summary>Asked after each place: true ends the iteration step.</summary>
    public virtual bool HasEnough => false;

    /// <inheritdoc/>
    public void Visit(ReadOnlySpan<byte> key, in ItemView item)
    {
        Seen++;
        OnItem(key, item);
    }

    /// <summary>One live item.</summary>
    protected abstract void OnItem(ReadOnlySpan<byte> key, in ItemView item);
}
