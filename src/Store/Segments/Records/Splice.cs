using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SessionGateway.Store.Segments.Records;

/// <summary>How a new value continues an old one: told by where its parts lie, not by comparing bytes.</summary>
/// <param name="Offset">Where the new bytes stand.</param>
/// <param name="Removed">Number of bytes that they replace.</param>
/// <param name="Inserted">Number of new bytes.</param>
/// <param name="Before">Bytes that the value had.</param>
internal readonly record struct Splice(int Offset, int Removed, int Inserted, int Before)
{
    /// <summary>True when the new value has nothing to do with the old one.</summary>
    public bool IsNone => Before == 0;

    /// <summary>An append or a prepend to the value of a record, if the new value is one.</summary>
    public static Splice Of(Record old, in StoredValue value)
    {
        if (old.IsNone || value.IsCompressed || old.IsCompressed || old.ValueLength == 0)
        {
            return default;
        }

        ReadOnlySpan<byte> before = old.Value;
        int inserted = value.Length - before.Length;
        return IsSame(value.Parts.Head, before) ? new Splice(before.Length, 0, inserted, before.Length)
            : IsSame(value.Parts.Tail, before) ? new Splice(0, 0, inserted, before.Length)
            : default;
    }

    private static bool IsSame(ReadOnlySpan<byte> part, ReadOnlySpan<byte> before) =>
        part.Length == before.Length
        && Unsafe.AreSame(ref MemoryMarshal.GetReference(part), ref MemoryMarshal.GetReference(before));
}
