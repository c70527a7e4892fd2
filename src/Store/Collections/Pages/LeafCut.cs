using System.Buffers;
using System.Runtime.CompilerServices;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>The entries of a leaf that is too full, cut into parts in the order of the tree.</summary>
internal ref struct LeafCut(int bytes)
{
    /// <summary>Most parts: a page's entries and one more, whose halves may have to be halved again. What has been
    /// packed may have more entries still; they are cut again when they are written to.</summary>
    public const int MostParts = 16;

    private byte[]? _entries = ArrayPool<byte>.Shared.Rent(bytes);
    private PartArray _parts;

    /// <summary>Number of parts.</summary>
    public int Count { get; private set; }

    /// <summary>Where the entries are written.</summary>
    public readonly Span<byte> Entries => _entries;

    public readonly LeafPart this[int part] => _parts[part];

    public readonly ReadOnlySpan<byte> EntriesOf(int part) =>
        _entries.AsSpan(_parts[part].Start, _parts[part].Length);

    public void Add(in LeafPart part) => _parts[Count++] = part;

    public void Dispose()
    {
        if (_entries is { } entries)
        {
            _entries = null;
            ArrayPool<byte>.Shared.Return(entries);
        }
    }

    [InlineArray(MostParts)]
    private struct PartArray
    {
        private LeafPart _first;
    }
}
