using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections;

/// <summary>The entries of a packed collection, for <c>foreach</c>.</summary>
public ref struct PackedEntries
{
    private readonly EntryKind _kind;
    private ReadOnlySpan<byte> _rest;

    internal PackedEntries(EntryKind kind, ReadOnlySpan<byte> entries)
    {
        _kind = kind;
        _rest = entries;
        Current = default;
    }

    /// <summary>The entry.</summary>
    public ElementView Current { get; private set; }

    /// <summary>Bytes of the entries behind <see cref="Current"/>, names and values included.</summary>
    public readonly int RestBytes => _rest.Length;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var entry = Entry.Read(_kind, _rest);
        Current = new ElementView(entry);
        _rest = _rest[entry.Length..];
        return true;
    }

    /// <summary>Itself: it is read once.</summary>
    public readonly PackedEntries GetEnumerator() => this;
}
