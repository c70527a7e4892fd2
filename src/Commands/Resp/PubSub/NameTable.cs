using System.Diagnostics.CodeAnalysis;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>
/// Things by their names. A hash table that grows is made anew at one moment, which takes some 20 ms with a million
/// names; so a large one is in parts that grow one by one.
/// </summary>
/// <typeparam name="T">What has the name.</typeparam>
internal sealed class NameTable<T>
    where T : class, INamed
{
    /// <summary>So many names are in one part; to divide them takes a fraction of a millisecond.</summary>
    public const int MostInOnePart = 4096;

    // By the eight upper bits of a hash code, which do not matter much to the place within a part.
    private const int PartCount = 256;
    private const int PartShift = 24;

    private HashSet<T>[] _parts = [ByName<T>.NewTable()];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The parts as they are now. When the table is divided or empty these are no longer its own, and keep
    /// what they have.</summary>
    public IReadOnlyList<HashSet<T>> Parts => _parts;

    /// <summary>Finds one.</summary>
    public bool TryGetValue(ReadOnlySpan<byte> name, [NotNullWhen(true)] out T? found) =>
        PartOf(name).GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out found);

    /// <summary>Whether the name is there.</summary>
    public bool Contains(ReadOnlySpan<byte> name) => TryGetValue(name, out _);

    /// <summary>Adds one whose name is not there.</summary>
    public void Add(T named)
    {
        if (Count == MostInOnePart && _parts.Length == 1)
        {
            Divide();
        }

        Count += PartOf(named.Name).Add(named) ? 1 : 0;
    }

    /// <summary>Removes one; enumerators go on.</summary>
    public void Remove(T named) => Count -= PartOf(named.Name).Remove(named) ? 1 : 0;

    /// <summary>Gives memory back where a name was removed; enumerators end.</summary>
    public void Shrink(ReadOnlySpan<byte> name)
    {
        Shrinking.AfterRemoval(PartOf(name));
        ForgetParts();
    }

    /// <summary>Gives memory back after many removals; enumerators end.</summary>
    public void Shrink()
    {
        foreach (HashSet<T> part in _parts)
        {
            Shrinking.AfterRemoval(part);
        }

        ForgetParts();
    }

    /// <summary>All, in no order. What is removed meanwhile does not disturb it.</summary>
    public IEnumerable<T> All()
    {
        foreach (HashSet<T> part in _parts)
        {
            foreach (T named in part)
            {
                yield return named;
            }
        }
    }

    private HashSet<T> PartOf(ReadOnlySpan<byte> name) => _parts.Length == 1
        ? _parts[0]
        : _parts[(uint)BytesComparer.Instance.GetHashCode(name) >> PartShift];

    private void Divide()
    {
        HashSet<T> all = _parts[0];
        var parts = new HashSet<T>[PartCount];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = ByName<T>.NewTable();
        }

        _parts = parts;
        foreach (T named in all)
        {
            PartOf(named.Name).Add(named);
        }
    }

    private void ForgetParts()
    {
        if (Count == 0 && _parts.Length > 1)
        {
            _parts = [ByName<T>.NewTable()];
        }
    }
}
