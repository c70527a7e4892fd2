using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>
/// Collects keys during an iteration: copied, because they are written after the shard's lock is left.
/// </summary>
internal sealed class KeyFilter : CountingVisitor
{
    private readonly List<int> _lengths = [];
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Glob pattern, or null for all.</summary>
    public byte[]? Pattern { get; set; }

    /// <summary>Type name, or null for all.</summary>
    public byte[]? TypeName { get; set; }

    /// <summary>Writes an array of the keys.</summary>
    public void Write(OutputBuffer output)
    {
        output.WriteArray(_lengths.Count);
        WriteKeys(output);
    }

    /// <summary>Writes the keys one after the other.</summary>
    public void WriteKeys(OutputBuffer output)
    {
        int at = 0;
        foreach (int length in _lengths)
        {
            output.WriteBulk(_bytes.AsSpan(at, length));
            at += length;
        }
    }

    protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item)
    {
        if ((TypeName is not null && !System.Text.Ascii.EqualsIgnoreCase(TypeName, TypeNames.Of(item.Type)))
            || (Pattern is not null && !GlobPattern.Matches(Pattern, key)))
        {
            return;
        }

        if (_bytes.Length - _used < key.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + Math.Max(key.Length, 256)));
        }

        key.CopyTo(_bytes.AsSpan(_used));
        _used += key.Length;
        _lengths.Add(key.Length);
    }
}
