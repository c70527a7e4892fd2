using System.Text;

namespace SessionGateway.UnitTests.Support;

/// <summary>A wire sample cut into the pieces in which it arrives.</summary>
public sealed class Segments(string name, byte[] bytes, int[] cuts)
{
    /// <summary>All bytes.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>How many bytes are at hand after each arrival; the last is the whole.</summary>
    public int[] Lengths { get; } = [.. cuts, bytes.Length];

    /// <summary>Bytes of a sample text: one a char.</summary>
    public static byte[] BytesOf(string wire) => Encoding.Latin1.GetBytes(wire);

    /// <summary>The whole at once, one byte at a time, and in two pieces for each place of the cut.</summary>
    public static IEnumerable<Segments> Of(string wire)
    {
        byte[] bytes = BytesOf(wire);
        yield return new Segments("whole", bytes, []);
        if (bytes.Length > 1)
        {
            yield return new Segments("byte by byte", bytes, [.. Enumerable.Range(1, bytes.Length - 1)]);
        }

        for (int cut = 1; cut < bytes.Length; cut++)
        {
            yield return new Segments($"cut at {cut}", bytes, [cut]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => name;
}
