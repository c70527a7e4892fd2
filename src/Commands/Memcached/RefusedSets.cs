using System.Buffers;
using SessionGateway.Store.Policies;

namespace SessionGateway.Commands.Memcached;

/// <summary>
/// What a <c>set</c> that is refused, as too large or for want of memory, leaves under its key. memcached ends the old
/// item: a reader must not get what the writer believes replaced. A session store would log the user out for it, so
/// here the old item stays, unless its client was written for memcached's way (the table), or the store is a cache
/// anyway (a policy that evicts).
/// </summary>
public static class RefusedSets
{
    /// <summary>Longest node id, so that a key with a dash somewhere is not taken for a session id.</summary>
    private const int MaxNodeIdBytes = 16;

    private static readonly (string Pattern, string Owner, KeyTest Fits)[] Rows =
    [
        ("ID-NODE, ID-NODE.ROUTE", "MSM: sessions", IsNodeSession),
        ("bak:*", "MSM: copies on the next node", static key => key.StartsWith("bak:"u8)),
        ("validity:*", "MSM: times of non-sticky sessions", static key => key.StartsWith("validity:"u8)),
    ];

    private static readonly SearchValues<byte> WordCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private delegate bool KeyTest(ReadOnlySpan<byte> key);

    /// <summary>Keys whose old item ends: pattern as in docs/memory.md, and whose they are. Tomcat's MSM goes on from
    /// what it finds, and would go on from a stale session.</summary>
    public static IReadOnlyList<(string Pattern, string Owner)> Table { get; } =
        [.. Rows.Select(r => (r.Pattern, r.Owner))];

    /// <summary>True when the old item must not outlive the refused set.</summary>
    public static bool EndsOldItem(EvictionPolicy policy, ReadOnlySpan<byte> key) =>
        policy != EvictionPolicy.Protect || IsInTable(key);

    private static bool IsInTable(ReadOnlySpan<byte> key)
    {
        foreach ((_, _, KeyTest fits) in Rows)
        {
            if (fits(key))
            {
                return true;
            }
        }

        return false;
    }

    // SessionIdFormat.java: [^-.]+-[^.]+(\.[^.]+)? with node ids of word characters (MemcachedNodesManager.java: \w+).
    // A node's name begins with a letter here (n1 everywhere), because what other clients number with a dash does not.
    private static bool IsNodeSession(ReadOnlySpan<byte> key)
    {
        int dash = key.IndexOfAny((byte)'-', (byte)'.');
        if (dash <= 0 || key[dash] != '-')
        {
            return false;
        }

        ReadOnlySpan<byte> node = key[(dash + 1)..];
        int dot = node.IndexOf((byte)'.');
        bool hasRoute = dot >= 0;
        ReadOnlySpan<byte> route = hasRoute ? node[(dot + 1)..] : default;
        node = hasRoute ? node[..dot] : node;
        return node.Length is > 0 and <= MaxNodeIdBytes && char.IsAsciiLetter((char)node[0])
            && node.IndexOfAnyExcept(WordCharacters) < 0
            && (!hasRoute || (route.Length > 0 && !route.Contains((byte)'.')));
    }
}
