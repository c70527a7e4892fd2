using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Replication.Stream;

/// <summary>
/// Writes values in the encodings of RDB that every Redis from 5.0 on reads: strings, and entries one after the other.
/// Whoever loads them packs them as it likes.
/// </summary>
internal sealed class PlainValue : IElementVisitor
{
    private OutputBuffer _output = null!;
    private ItemType _type;
    private long _now;
    private long _count;
    private bool _counts;

    /// <summary>How a type is encoded.</summary>
    public static RdbType TypeOf(ItemType type) => type switch
    {
        ItemType.Hash => RdbType.Hash,
        ItemType.Set => RdbType.Set,
        ItemType.SortedSet => RdbType.SortedSet2,
        ItemType.List => RdbType.List,
        _ => RdbType.String,
    };

    /// <summary>Writes a value behind its type.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="pages">Pages of large collections.</param>
    /// <param name="database">Database of the item.</param>
    /// <param name="item">The item.</param>
    /// <param name="now">Unix milliseconds: fields that are over are left out.</param>
    /// <returns>False when there is nothing to write: pages are missing, or no field is left.</returns>
    public bool TryWrite(OutputBuffer output, CollectionReader pages, int database, in ItemView item, long now)
    {
        (_output, _type, _now, _count, _counts) = (output, item.Type, now, 0, true);
        if (item.Type == ItemType.String)
        {
            WriteString(output, item.Value);
            return true;
        }

        if (!pages.TryRead(database, item, this) || _count == 0)
        {
            return false;
        }

        _counts = false;
        output.WriteRdbLength((ulong)_count);
        return pages.TryRead(database, item, this);
    }

    /// <summary>Writes a string as it is: to compress it would cost more than to send it.</summary>
    public static void WriteString(OutputBuffer output, ReadOnlySpan<byte> text)
    {
        output.WriteRdbLength((ulong)text.Length);
        output.Write(text);
    }

    /// <inheritdoc/>
    public bool Visit(in ElementView element)
    {
        if (element.IsExpired(_now))
        {
            return true;
        }

        if (_counts)
        {
            _count++;
            return true;
        }

        WriteString(_output, element.Name);
        switch (_type)
        {
            case ItemType.Hash:
                WriteString(_output, element.Value);
                break;
            case ItemType.SortedSet:
                BitConverter.TryWriteBytes(_output.GetSpan(sizeof(double)), element.Score);
                _output.Advance(sizeof(double));
                break;
        }

        return true;
    }
}
