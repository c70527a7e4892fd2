using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Writes fields of one hash: those of a packed one become one write of the item at <see cref="Complete"/>. Leave it
/// with
/// <c>using</c>; without <see cref="Complete"/> what was not written yet is forgotten.
/// </summary>
public ref struct HashWriter
{
    // One bit for each entry says whether listeners are to hear of it.
    private const int MostStaged = 64;

    private readonly Hashes _hashes;
    private readonly ItemKey _key;
    private readonly Opened _opened;
    private readonly long _now;
    private Scratch _staged;
    private int _length;
    private int _count;
    private ulong _changed;
    private byte _marks;
    private bool _isStaging;

    internal HashWriter(Hashes hashes, ItemKey key, Opened opened, long now)
    {
        _hashes = hashes;
        _key = key;
        _opened = opened;
        _now = now;
        _isStaging = !opened.Head.IsTree && opened.Head.Count < MostStaged;
        if (_isStaging)
        {
            _staged = new Scratch(Collection.PackedBytes);
            opened.Entries.CopyTo(_staged.Span);
            _length = opened.Entries.Length;
            _count = (int)opened.Head.Count;
        }
    }

    /// <summary>Writes a field; the expiry it had is replaced.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="expiresAt">Unix milliseconds, after now; 0 = with the hash.</param>
    public ElementWrite Set(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long expiresAt = 0)
    {
        if (_isStaging && TryStage(field, value, expiresAt, out ElementWrite outcome))
        {
            return outcome;
        }

        return IsWritten() ? _hashes.Set(_key, field, value, _now, expiresAt) : ElementWrite.OutOfMemory;
    }

    /// <summary>Writes what is not written yet.</summary>
    /// <returns>False when memory does not allow it.</returns>
    public bool Complete() => IsWritten();

    /// <summary>Forgets what is not written yet.</summary>
    public void Dispose()
    {
        if (_isStaging)
        {
            _staged.Dispose();
            _isStaging = false;
        }
    }

    private bool IsWritten()
    {
        if (!_isStaging)
        {
            return true;
        }

        bool isWritten = _changed == 0
            || _hashes.TryReplace(_key, _opened, _staged.Span[.._length], _count, _marks, _changed, _now);
        Dispose();
        return isWritten;
    }

    private bool TryStage(
        ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long expiresAt, out ElementWrite outcome)
    {
        int at = 0, index = 0, removed = 0;
        for (; at < _length; index++)
        {
            var entry = Entry.Read(EntryKind.Field, _staged.Span[at.._length]);
            if (entry.Name.SequenceEqual(field))
            {
                removed = entry.Length;
                break;
            }

            at += entry.Length;
        }

        int size = Entry.SizeOfField(field, value, expiresAt);
        outcome = removed > 0 ? ElementWrite.Replaced : ElementWrite.Added;
        if (index >= MostStaged || _length - removed + size > Collection.PackedBytes)
        {
            return false;
        }

        Span<byte> staged = _staged.Span;
        if (size != removed)
        {
            staged[(at + removed).._length].CopyTo(staged[(at + size)..]);
        }

        Entry.WriteField(staged[at..], field, value, expiresAt);
        _length += size - removed;
        _count += removed > 0 ? 0 : 1;
        _changed |= 1UL << index;
        _marks |= Hashes.MarksOf(field, value);
        return true;
    }
}
