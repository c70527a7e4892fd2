using SessionGateway.Durability.Checksums;
using SessionGateway.Durability.Format;
using SessionGateway.Durability.Reading;
using SessionGateway.Replication.Stream;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Replication.Link;

/// <summary>
/// Applies a primary's records to a store: effects, and the items of a copy. Whatever the bytes are, it does not
/// throw.
/// </summary>
/// <param name="store">The items; who listens to them hears of what is applied.</param>
public sealed class RecordApplier(ItemStore store)
{
    private readonly MutationApplier _applier = new(store, tells: true);
    private StateCollections? _collections;
    private HashSet<ulong> _seen = [];
    private bool _isAsked;
    private readonly Queue<PairMessage> _messages = new();

    /// <summary>The number of the connection to the primary of a pair; 0: it is none.</summary>
    public ulong PairLink { get; set; }

    /// <summary>The primary has given its role to this node: what it wrote afterwards is not applied.</summary>
    public bool IsHandedOver { get; private set; }

    /// <summary>What the primary of the pair has told, each once.</summary>
    public bool TryTakeMessage(out PairMessage message) => _messages.TryDequeue(out message);

    /// <summary>What is wrong; null: nothing so far.</summary>
    public string? Problem { get; private set; }

    /// <summary>A group has begun and not ended.</summary>
    public bool IsInGroup => _applier.IsInGroup;

    /// <summary>Bytes from which on a next call brings something; 0 = it may at once.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>Bytes of those that were done last that lie in front of an open group.</summary>
    public int WholeBytes { get; private set; }

    /// <summary>The copy is complete.</summary>
    public bool IsCopied { get; private set; }

    /// <summary>Items of the copy.</summary>
    public long Items { get; private set; }

    /// <summary>The primary has asked how far this replica is, since it was asked for last.</summary>
    public bool TakeQuestion()
    {
        bool isAsked = _isAsked;
        _isAsked = false;
        return isAsked;
    }

    /// <summary>A copy begins: what is applied are its items.</summary>
    public void BeginCopy()
    {
        _collections = new StateCollections(_applier);
        _seen = [];
        IsCopied = false;
        Items = 0;
    }

    /// <summary>True when the copy has the item.</summary>
    public bool HasCopied(int database, ReadOnlySpan<byte> key) => _seen.Contains(store.Key(database, key).Hash);

    /// <summary>The copy is in its place: its names are forgotten.</summary>
    public void EndCopy() => _seen = [];

    /// <summary>Applies whole records.</summary>
    /// <param name="bytes">What is there and was not taken.</param>
    /// <param name="most">Records at most.</param>
    /// <returns>Bytes that are done with.</returns>
    public int Apply(ReadOnlySpan<byte> bytes, int most)
    {
        int done = 0;
        NeedBytes = WholeBytes = 0;
        for (; most > 0 && Problem is null && !IsHandedOver && !(IsCopied && _collections is not null); most--)
        {
            ReadOnlySpan<byte> rest = bytes[done..];
            if (rest.Length < RecordHead.Bytes)
            {
                NeedBytes = RecordHead.Bytes;
                break;
            }

            if (!RecordHead.Read(rest, out int length, out uint crc))
            {
                Problem = "a record of an impossible length";
                break;
            }

            if (rest.Length - RecordHead.Bytes < length)
            {
                NeedBytes = RecordHead.Bytes + length;
                break;
            }

            ReadOnlySpan<byte> body = rest.Slice(RecordHead.Bytes, length);
            if (Crc32C.End(Crc32C.Append(RecordHead.StartSum(length), body)) != crc)
            {
                Problem = "a record whose checksum is wrong";
                break;
            }

            Take(body);
            done += RecordHead.Bytes + length;
            WholeBytes = IsInGroup ? WholeBytes : done;
        }

        if (IsCopied)
        {
            _collections = null;
        }

        return done;
    }

    private void Take(ReadOnlySpan<byte> body)
    {
        byte kind = body[0];
        switch (kind)
        {
            case RecordWriter.Ping:
                return;
            case RecordWriter.Question:
                _isAsked = true;
                return;
            case >= PairMessage.Echo and <= PairMessage.Dropped:
                Hear(PairMessage.Read(body));
                return;
            case (byte)RecordKind.StateEnd:
                IsCopied = true;
                Problem = _collections is not null && _collections.Complete() > 0 ? "a copy that is incomplete" : null;
                return;
        }

        if (!RecordDecoder.TryRead(body, default, out Mutation mutation))
        {
            Problem = $"a record of an unknown kind ({kind})";
            return;
        }

        ApplyStatus status = _collections is null ? _applier.Apply(mutation) : TakeCopied(kind, body, mutation);
        if (status != ApplyStatus.Applied)
        {
            Problem = status == ApplyStatus.OutOfMemory
                ? "an item for which --memory has no room" : "a change of an item that is another one here";
        }
    }

    // What was said to another connection, or to somebody else.
    private void Hear(PairMessage? message)
    {
        if (message is { } heard && PairLink != 0 && heard.Link == PairLink)
        {
            _messages.Enqueue(heard);
            IsHandedOver = heard.Kind == PairMessage.HandedOver;
        }
    }

    private ApplyStatus TakeCopied(byte kind, ReadOnlySpan<byte> body, in Mutation mutation)
    {
        if (kind == (byte)RecordKind.StatePage)
        {
            _collections!.AddPage(mutation);
            return ApplyStatus.Applied;
        }

        Items++;
        _seen.Add(store.Key(mutation.Database, mutation.Key).Hash);
        if (!_collections!.TryKeep(mutation, body, default, isStateItem: true))
        {
            return _applier.Apply(mutation);
        }

        // It comes entry by entry, into nothing.
        return _applier.Apply(new Mutation
        {
            Kind = MutationKind.Removed, Database = mutation.Database, Key = mutation.Key, Cas = mutation.Cas,
            Reason = RemoveReason.Deleted,
        });
    }
}
