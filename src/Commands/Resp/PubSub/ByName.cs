using System.Diagnostics.CodeAnalysis;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>Things by their names, in tables that keep no name beside them.</summary>
/// <typeparam name="T">What has the name.</typeparam>
internal sealed class ByName<T> : IEqualityComparer<T>, IAlternateEqualityComparer<ReadOnlySpan<byte>, T>
    where T : class, INamed
{
    private ByName()
    {
    }

    /// <summary>An empty table.</summary>
    public static HashSet<T> NewTable() => new(new ByName<T>());

    public bool Equals(T? x, T? y) => ReferenceEquals(x, y) || x!.Name.AsSpan().SequenceEqual(y!.Name);

    public bool Equals(ReadOnlySpan<byte> alternate, T other) => alternate.SequenceEqual(other.Name);

    public int GetHashCode([DisallowNull] T named) => BytesComparer.Instance.GetHashCode(named.Name);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => BytesComparer.Instance.GetHashCode(alternate);

    public T Create(ReadOnlySpan<byte> alternate) => throw new NotSupportedException("a name alone is nothing");
}
