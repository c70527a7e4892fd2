using System.Diagnostics.CodeAnalysis;

namespace SessionGateway.StoreTests.Soak;

/// <summary>Keys are equal when their bytes are.</summary>
internal sealed class ByteKeys : IEqualityComparer<byte[]>
{
    public static ByteKeys Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}
