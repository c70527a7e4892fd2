using SessionGateway.Durability.Format;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Durability.Reading;

/// <summary>
/// The large collections of a state: their items and pages come in any order, among mutations. What happens to one of
/// them meanwhile waits until the state is complete and it is put together.
/// </summary>
/// <param name="sink">Takes the entries, then what waited.</param>
internal sealed class StateCollections(IMutationSink sink)
{
    private readonly CollectionReader _pages = new();
    private readonly Dictionary<(int Database, string Key), List<(byte[] Body, SegmentHeader Header)>> _waiting = [];

    /// <summary>Keeps a page.</summary>
    public void AddPage(in Mutation page) => _pages.AddPage(page.Database, page.Cas, page.Head);

    /// <summary>True when the mutation was kept: it is a large collection of the state, or happened to one.</summary>
    public bool TryKeep(in Mutation mutation, ReadOnlySpan<byte> body, in SegmentHeader header, bool isStateItem)
    {
        if (isStateItem && mutation.Type != ItemType.String
            && ShardCollections.Describe(new ItemView { Value = mutation.Head, Type = mutation.Type }).IsLarge)
        {
            _waiting[KeyOf(mutation)] = [(body.ToArray(), header)];
            return true;
        }

        if (_waiting.Count == 0)
        {
            return false;
        }

        if (mutation.Kind == MutationKind.Flushed)
        {
            int database = mutation.Database;
            foreach ((int Database, string Key) key in _waiting.Keys.Where(k => k.Database == database).ToArray())
            {
                _waiting.Remove(key);
            }

            return false;
        }

        if (mutation.Key.IsEmpty || !_waiting.TryGetValue(KeyOf(mutation), out List<(byte[], SegmentHeader)>? later))
        {
            return false;
        }

        later.Add((body.ToArray(), header));
        return true;
    }

    /// <summary>Puts all together: the state is complete.</summary>
    /// <returns>Mutations that could not be applied.</returns>
    public long Complete()
    {
        long failed = 0;
        foreach (List<(byte[] Body, SegmentHeader Header)> waiting in _waiting.Values)
        {
            RecordDecoder.TryRead(waiting[0].Body, waiting[0].Header, out Mutation item);
            failed += Restore(item) ? 0 : 1;
            foreach ((byte[] body, SegmentHeader header) in waiting.Skip(1))
            {
                RecordDecoder.TryRead(body, header, out Mutation mutation);
                failed += sink.Apply(mutation) == ApplyStatus.Applied ? 0 : 1;
            }
        }

        _waiting.Clear();
        return failed;
    }

    private static (int, string) KeyOf(in Mutation mutation) =>
        (mutation.Database, System.Text.Encoding.Latin1.GetString(mutation.Key));

    private bool Restore(in Mutation item)
    {
        var view = new ItemView
        {
            Value = item.Head, Type = item.Type, Cas = item.Cas, ExpiresAt = item.ExpiresAt, LastAccess = item.At,
        };
        byte[] key = item.Key.ToArray();
        var entries = new Entries(sink, key, item.Database, item.Type, item.Cas, item.At);
        bool isWhole = _pages.TryRead(item.Database, view, entries) && entries.IsApplied;
        return isWhole && (item.ExpiresAt == 0 || sink.Apply(new Mutation
        {
            Kind = MutationKind.ExpiryChanged, At = item.At, Database = item.Database, Key = key,
            ExpiresAt = item.ExpiresAt,
        }) == ApplyStatus.Applied);
    }

    private sealed class Entries(IMutationSink sink, byte[] key, int database, ItemType type, ulong cas, long at)
        : IElementVisitor
    {
        private long _index;

        public bool IsApplied { get; private set; } = true;

        public bool Visit(in ElementView element)
        {
            ApplyStatus status = sink.Apply(new Mutation
            {
                Kind = MutationKind.Element,
                Element = type == ItemType.List ? ElementChangeKind.Inserted : ElementChangeKind.Put,
                At = at,
                Database = database,
                Key = key,
                Type = type,
                Head = element.Name,
                Tail = element.Value,
                Score = element.Score,
                ExpiresAt = element.ExpiresAt,
                Index = _index++,
                Cas = cas,
            });
            IsApplied &= status == ApplyStatus.Applied;
            return true;
        }
    }
}
