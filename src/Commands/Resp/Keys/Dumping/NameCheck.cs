using System.IO.Hashing;
using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>
/// Counts the entries of a value, and finds names that are there twice: by their hashes, so two of one hash are taken
/// for one name. Who makes such names has only his own payload refused.
/// </summary>
internal sealed class NameCheck(RdbKind kind, int most) : IRdbVisitor, IDisposable
{
    [ThreadStatic]
    private static HashSet<ulong>? _spare;

    private readonly HashSet<ulong>? _names = kind is RdbKind.String or RdbKind.List ? null : Take();

    /// <summary>Entries.</summary>
    public int Count { get; private set; }

    /// <summary>A name came twice.</summary>
    public bool HasRepeats { get; private set; }

    public bool Visit(in RdbElement element)
    {
        HasRepeats |= _names is { } names && !names.Add(XxHash3.HashToUInt64(element.Name));
        return ++Count <= most && !HasRepeats;
    }

    public void Dispose()
    {
        const int mostKept = 1024;
        if (_names is { } names && names.Count <= mostKept)
        {
            names.Clear();
            _spare = names;
        }
    }

    private static HashSet<ulong> Take()
    {
        HashSet<ulong> names = _spare ?? [];
        _spare = null;
        return names;
    }
}
