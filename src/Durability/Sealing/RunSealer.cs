using System.Buffers.Binary;
using System.Diagnostics;
using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Sealing;

/// <summary>
/// Gathers records to runs that are sealed together. A run begins and ends with a whole record, and a group begins a
/// run, so that recovery can cut a log before a group that has no end without writing anything anew. A record that is
/// longer than a run goes over several sealed ones.
/// </summary>
/// <param name="cipher">Of the segment.</param>
internal sealed class RunSealer(SegmentCipher cipher) : IDisposable
{
    /// <summary>Bytes of a run, about: what is sealed once costs 34 bytes beside its bytes.</summary>
    public const int RunBytes = 64 << 10;

    private const int LeastBytes = RecordHead.Bytes + 1;

    private readonly byte[] _sealed = GC.AllocateUninitializedArray<byte>(RunBytes + SegmentCipher.ExtraBytes);
    private readonly byte[] _run = GC.AllocateUninitializedArray<byte>(RunBytes);
    private int _length;

    // Where the record behind the last known one begins; beyond the length when that one is not all here.
    private long _next;

    /// <summary>Where sealed records are written: tells the place, and takes them.</summary>
    public required Func<long> Place { get; init; }

    /// <summary>Takes a sealed record.</summary>
    public required Action<ReadOnlyMemory<byte>> Write { get; init; }

    /// <summary>Takes bytes of records, cut anywhere.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, RunBytes - _length);
            bytes[..count].CopyTo(_run.AsSpan(_length));
            _length += count;
            bytes = bytes[count..];
            Find();
            if (_length == RunBytes)
            {
                MakeRoom();
            }
        }
    }

    /// <summary>Seals what was gathered; no record is half there.</summary>
    public void Flush()
    {
        Find();
        Debug.Assert(_next == _length, "a record is half there");
        Seal(_length, goesOn: false);
    }

    /// <inheritdoc/>
    public void Dispose() => cipher.Dispose();

    // Goes on over whole heads; a group ends the run before it.
    private void Find()
    {
        while (_length - _next >= LeastBytes)
        {
            int at = (int)_next;
            if (_run[at + RecordHead.Bytes] == (byte)RecordKind.GroupBegin && at > 0)
            {
                Seal(at, goesOn: false);
                continue;
            }

            _next += RecordHead.Bytes + BinaryPrimitives.ReadInt32LittleEndian(_run.AsSpan(at));
        }
    }

    private void MakeRoom()
    {
        if (_next > _length)
        {
            Seal(_length, goesOn: true);
        }
        else if (_next > 0)
        {
            Seal((int)_next, goesOn: false);
        }
    }

    private void Seal(int count, bool goesOn)
    {
        if (count == 0)
        {
            return;
        }

        cipher.Seal(_sealed, Place(), _run.AsSpan(0, count), goesOn);
        _run.AsSpan(count, _length - count).CopyTo(_run);
        _length -= count;
        _next -= count;
        Write(_sealed.AsMemory(0, count + SegmentCipher.ExtraBytes));
    }
}
