using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>
/// Members with scores that a combination keeps until it is through: a hash that nobody sees, so that it counts as what
/// the store holds and is refused as that is. Used under the lock of its shard.
/// </summary>
internal sealed class GatheredMembers
{
    private StagedCollection? _staged;
    private long _members;
    private long _now;

    /// <summary>True when a member was not taken, because memory is out.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>There is a place for members.</summary>
    public bool IsBegun => _staged is not null;

    /// <summary>All that there were are taken out again.</summary>
    public bool IsEmptied => _members == 0;

    /// <summary>Makes a place for members.</summary>
    /// <param name="call">The call.</param>
    /// <param name="home">A key of a shard that is held.</param>
    /// <returns>False when memory is out.</returns>
    public bool TryBegin(in RespCall call, in ItemKey home)
    {
        _now = call.Now;
        _members = 0;
        _staged = StagedCollection.TryBegin(call.Shard(home), home.Database, ItemType.Hash, _now);
        IsRefused = _staged is null;
        return !IsRefused;
    }

    /// <summary>Begins a step.</summary>
    /// <returns>False when the members are gone, since their database was flushed.</returns>
    public bool BeginStep(long now)
    {
        _now = now;
        return _staged?.Exists(now) ?? true;
    }

    /// <summary>Looks for a member.</summary>
    public bool TryFind(ReadOnlySpan<byte> member, out double score)
    {
        score = 0;
        if (Hashes.Find(_staged!.Key, member, _now, out ElementView view) != Lookup.Found || view.Value.IsEmpty)
        {
            return false;
        }

        score = BinaryPrimitives.ReadDoubleLittleEndian(view.Value);
        return true;
    }

    /// <summary>Writes a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="score">Its score.</param>
    /// <param name="isNew">It is not there.</param>
    public void Put(ReadOnlySpan<byte> member, double score, bool isNew)
    {
        Write(member, MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in score)));
        _members += isNew ? 1 : 0;
    }

    /// <summary>Takes a member out, if it is there.</summary>
    public void TakeOut(ReadOnlySpan<byte> member)
    {
        if (TryFind(member, out _))
        {
            // The last one would take the hash with it.
            Write(member, default);
            _members--;
        }
    }

    /// <summary>Reads some members.</summary>
    /// <param name="cursor">Where to go on; 0 at the end.</param>
    /// <param name="count">How many, about.</param>
    /// <param name="members">Takes them.</param>
    public void Read(ref ulong cursor, int count, MemberList members) =>
        Hashes.ScanOnce(_staged!.Key, cursor, count, _now, new Reader(members), out cursor);

    /// <summary>Gives them up.</summary>
    public void Clear()
    {
        _staged?.Release(_now);
        _staged = null;
    }

    /// <summary>As <see cref="Clear"/>, with no shard held.</summary>
    public void Release()
    {
        if (_staged is { } staged)
        {
            using ShardScope scope = ItemStore.Enter(staged.Shard);
            Clear();
        }
    }

    private Store.Collections.Hashes Hashes => _staged!.Shard.Collections.Hashes;

    private void Write(ReadOnlySpan<byte> member, ReadOnlySpan<byte> score) =>
        IsRefused |= Hashes.Set(_staged!.Key, member, score, _now) == ElementWrite.OutOfMemory;

    // Without those that were taken out.
    private sealed class Reader(MemberList members) : IElementVisitor
    {
        public bool Visit(in ElementView element)
        {
            if (!element.Value.IsEmpty)
            {
                members.Add(element.Name, BinaryPrimitives.ReadDoubleLittleEndian(element.Value));
            }

            return true;
        }
    }
}
