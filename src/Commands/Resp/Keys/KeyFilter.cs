using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>
/// Collects keys during an iteration, as the bulk strings that they will be in the reply: copied, because they are
/// written after the shard's lock is left.
/// </summary>
internal sealed class KeyFilter : CountingVisitor
{
    // "$65535\r\n" and "\r\n"
    private const int BulkOverhead = 10;

    private ByteQueue _bulks;
    private CommandContext? _context;
    private long _globSteps;

    /// <summary>Glob pattern, or null for all.</summary>
    public GlobPattern? Pattern { get; set; }

    /// <summary>Type name, or null for all.</summary>
    public byte[]? TypeName { get; set; }

    /// <summary>Keys collected.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes collected and not written yet.</summary>
    public int Bytes => _bulks.Length;

    /// <summary>Memory of these.</summary>
    public long MemoryBytes => _bulks.Capacity;

    /// <summary>Bytes after which an iteration may end early.</summary>
    public int EnoughBytes { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    public override bool HasEnough =>
        _bulks.Length >= EnoughBytes || (_context is { } context && context.ShouldPause());

    /// <summary>The work that is counted against a turn is done in this one from now on.</summary>
    public void WorkFor(CommandContext context) => _context = context;

    /// <summary>Writes an array of the keys, or its first part.</summary>
    /// <returns>True when nothing is left.</returns>
    public bool Write(OutputBuffer output, int most = int.MaxValue)
    {
        output.WriteArray((int)Count);
        return WriteKeys(output, most);
    }

    /// <summary>Writes the keys, or no more than so many bytes of them.</summary>
    /// <returns>True when nothing is left.</returns>
    public bool WriteKeys(OutputBuffer output, int most = int.MaxValue)
    {
        int size = Math.Min(most, _bulks.Length);
        output.Write(_bulks.Bytes[..size]);
        _bulks.Consume(size);
        return _bulks.IsEmpty;
    }

    /// <summary>Forgets the keys.</summary>
    public void Free() => _bulks.Free();

    protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item)
    {
        if ((TypeName is not null && !System.Text.Ascii.EqualsIgnoreCase(TypeName, TypeTable.NameOf(item.Type)))
            || (Pattern is { } pattern && !Matches(pattern, key)))
        {
            return;
        }

        Span<byte> bulk = _bulks.GetSpan(key.Length + BulkOverhead);
        int length = RespWriter.FormatBulkLength(key.Length, bulk);
        key.CopyTo(bulk[length..]);
        length += key.Length;
        bulk[length++] = (byte)'\r';
        bulk[length++] = (byte)'\n';
        _bulks.Advance(length);
        Count++;
    }

    private bool Matches(GlobPattern pattern, ReadOnlySpan<byte> key)
    {
        long before = _globSteps;
        bool matches = pattern.Matches(key, ref _globSteps);
        if (_globSteps / WorkUnits.GlobStepsPerUnit > before / WorkUnits.GlobStepsPerUnit)
        {
            _context?.Spend((_globSteps / WorkUnits.GlobStepsPerUnit) - (before / WorkUnits.GlobStepsPerUnit));
        }

        return matches;
    }
}
