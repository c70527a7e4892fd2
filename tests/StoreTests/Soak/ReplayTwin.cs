using SessionGateway.Store;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;

namespace SessionGateway.StoreTests.Soak;

/// <summary>A second store that is told by the first one's mutation stream and must be its equal whenever nobody
/// writes.</summary>
public sealed class ReplayTwin : IMutationListener
{
    // What is told of reads is right to a minute, and engines round to less than 100 ms.
    private const long AccessSlack = 60_100;

    private readonly ItemStore _source;
    private readonly ItemStore _twin;
    private readonly MutationApplier _applier;
    private readonly bool _readsAreTold;
    private bool _isInGroup;
    private string? _failure;

    /// <summary>Begins to listen.</summary>
    /// <param name="source">The first store.</param>
    /// <param name="twin">The second: another seed, another number of shards.</param>
    /// <param name="readsAreTold">The first store's policy goes by reads: then they must be equal, too.</param>
    public ReplayTwin(ItemStore source, ItemStore twin, bool readsAreTold)
    {
        _source = source;
        _twin = twin;
        _readsAreTold = readsAreTold;
        _applier = new MutationApplier(twin);
        Last = source.Listen(this);
    }

    /// <inheritdoc/>
    public bool WantsAccesses => true;

    /// <summary>Position of the last mutation.</summary>
    public long Last { get; private set; }

    /// <summary>Mutations by kind.</summary>
    public long[] Counts { get; } = new long[Enum.GetValues<MutationKind>().Length];

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        // A listener must not throw: the first failure is kept.
        _failure ??= mutation.Position != Last + 1 ? $"{mutation.Position} follows {Last}" : null;
        Last = mutation.Position;
        Counts[(int)mutation.Kind]++;
        bool isMark = mutation.Kind is MutationKind.GroupBegin or MutationKind.GroupEnd;
        if (isMark)
        {
            _failure ??= _isInGroup == (mutation.Kind == MutationKind.GroupBegin)
                ? "groups are not one after the other" : null;
            _isInGroup = !_isInGroup;
        }

        ApplyStatus status = _applier.Apply(mutation);
        _failure ??= status != ApplyStatus.Applied ? $"{mutation.Kind} at {mutation.Position}: {status}" : null;
    }

    /// <summary>Proves that both stores hold the same. Nobody writes meanwhile.</summary>
    public void Compare(long now)
    {
        for (int shard = 0; shard < _source.Shards.Length; shard++)
        {
            _source.Maintain(shard, now, 1);
        }

        Require(_failure is null, _failure ?? "");
        Require(!_isInGroup && _applier.Position == Last, "a group is open");
        for (int database = 0; database < ItemStore.DatabaseCount; database++)
        {
            long items = CompareItems(database, now);
            var visitor = new ItemCounter();
            Scan(_twin, database, now, visitor);
            Require(visitor.Items == items, $"database {database}: {visitor.Items} items for {items}");
        }
    }

    private static void Scan(ItemStore store, int database, long now, CountingVisitor visitor)
    {
        ulong cursor = 0;
        do
        {
            cursor = store.Scan(database, cursor, visitor.Seen + 10_000, now, visitor);
        }
        while (cursor != 0);
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }

    private long CompareItems(int database, long now)
    {
        var keys = new KeyCollector();
        Scan(_source, database, now, keys);
        foreach (byte[] bytes in keys.Keys)
        {
            ItemKey key = _source.Key(database, bytes);
            ItemKey twin = _twin.Key(database, bytes);
            using ShardScope first = _source.Enter(key, now);
            using ShardScope second = _twin.Enter(twin, now);
            first.Shard.TryPeek(key, now, out ItemView a);
            Require(second.Shard.TryPeek(twin, now, out ItemView b),
                $"an item of database {database} is not in the twin");
            Require(a.Value.SequenceEqual(b.Value), "an item has another value");
            Require(
                a.Flags == b.Flags && a.Type == b.Type && a.Form == b.Form && a.Cas == b.Cas
                    && a.ExpiresAt == b.ExpiresAt,
                "an item has other attributes");
            Require(
                !_readsAreTold || (a.WasRead == b.WasRead && a.IsAnonymous == b.IsAnonymous
                    && Math.Abs(a.LastAccess - b.LastAccess) <= AccessSlack),
                "an item has other marks");
        }

        return keys.Keys.Count;
    }

    private sealed class KeyCollector : CountingVisitor
    {
        public HashSet<byte[]> Keys { get; } = new(ByteKeys.Instance);

        protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item) => Keys.Add(key.ToArray());
    }

    private sealed class ItemCounter : CountingVisitor
    {
        private readonly HashSet<byte[]> _keys = new(ByteKeys.Instance);

        public long Items => _keys.Count;

        protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item) => _keys.Add(key.ToArray());
    }
}
