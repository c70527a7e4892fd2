namespace SessionGateway.Replication.Stream;

/// <summary>
/// The latest bytes of a stream, at their offsets. All readers share it and copy out of it; who is behind its start has
/// lost the stream. Memory is taken a block at a time and never more than the limit. Any thread.
/// </summary>
/// <param name="mostBytes">Bytes that are kept at most, a block at least.</param>
public sealed class Backlog(long mostBytes)
{
    /// <summary>Bytes of a block: large enough that a write seldom needs one, small beside any limit.</summary>
    public const int BlockBytes = 1 << 20;

    private readonly Lock _lock = new();
    private readonly byte[]?[] _blocks = new byte[]?[Math.Max(2, (int)(mostBytes / BlockBytes))];
    private long _base;
    private long _start;
    private long _end;
    private long _held;

    /// <summary>Offset of the first byte that is kept: the bytes before it are gone.</summary>
    public long Start => Volatile.Read(ref _start);

    /// <summary>Offset behind the last byte.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Bytes of memory that it holds.</summary>
    public long HeldBytes => Volatile.Read(ref _held);

    /// <summary>Most bytes that it keeps.</summary>
    public long Capacity => (long)_blocks.Length * BlockBytes;

    /// <summary>Forgets everything; the next byte has this offset.</summary>
    public void Restart(long offset)
    {
        lock (_lock)
        {
            Array.Clear(_blocks);
            Volatile.Write(ref _held, 0);
            _base = offset;
            Volatile.Write(ref _start, offset);
            Volatile.Write(ref _end, offset);
        }
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            long end = _end;
            while (!bytes.IsEmpty)
            {
                (byte[] block, int at) = BlockToWrite(end);
                int count = Math.Min(bytes.Length, BlockBytes - at);
                bytes[..count].CopyTo(block.AsSpan(at));
                bytes = bytes[count..];
                end += count;
            }

            Volatile.Write(ref _end, end);
            // A block is given up as a whole when its place is written to again.
            long kept = _base + (((end - _base + BlockBytes - 1) / BlockBytes) * BlockBytes) - Capacity;
            Volatile.Write(ref _start, Math.Max(_start, kept));
        }
    }

    /// <summary>Copies what follows an offset.</summary>
    /// <returns>How many bytes; 0 = there are none yet; -1 = they are gone, or there never were any.</returns>
    public int Read(long offset, Span<byte> target)
    {
        lock (_lock)
        {
            if (offset < _start || offset > _end)
            {
                return -1;
            }

            int copied = 0;
            while (copied < target.Length && offset < _end)
            {
                int at = (int)((offset - _base) % BlockBytes);
                int count = (int)Math.Min(Math.Min(target.Length - copied, BlockBytes - at), _end - offset);
                _blocks[SlotOf(offset)].AsSpan(at, count).CopyTo(target[copied..]);
                copied += count;
                offset += count;
            }

            return copied;
        }
    }

    private (byte[] Block, int At) BlockToWrite(long offset)
    {
        ref byte[]? block = ref _blocks[SlotOf(offset)];
        if (block is null)
        {
            block = GC.AllocateUninitializedArray<byte>(BlockBytes);
            Volatile.Write(ref _held, _held + BlockBytes);
        }

        return (block, (int)((offset - _base) % BlockBytes));
    }

    private int SlotOf(long offset) => (int)((offset - _base) / BlockBytes % _blocks.Length);
}
