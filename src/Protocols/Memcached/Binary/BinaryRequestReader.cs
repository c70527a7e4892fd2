using System.Buffers.Binary;

namespace SessionGateway.Protocols.Memcached.Binary;

/// <summary>
/// Reads requests of the memcached binary protocol (memcached protocol_binary.h; proto_bin.c for what is refused): the
/// header, from which whoever checks rights decides, and then the rest by the shape of its opcode.
/// </summary>
public struct BinaryRequestReader
{
    private const byte RequestMagic = 0x80;

    /// <summary>Longest value accepted.</summary>
    public int MaxValueBytes { get; set; }

    /// <summary>After NeedMoreData: total bytes, from the request's first, that are worth another call.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>After BadRequest: so many bytes behind the request's first ones belong to it.</summary>
    public long Swallow { get; private set; }

    /// <summary>After BadRequest and Fatal; Success when nothing can be answered.</summary>
    public BinaryStatus Error { get; private set; }

    /// <summary>Reads the header at the start of the input.</summary>
    /// <param name="input">Bytes at hand, at least one.</param>
    /// <param name="request">The lengths and fields of the header, for Done and an answered Fatal.</param>
    /// <param name="size">Bytes of the header.</param>
    //  Byte/     0       |       1       |       2       |       3       |
    //       +---------------+---------------+---------------+---------------+
    //      0| Magic         | Opcode        | Key length                    |
    //      4| Extras length | Data type     | vbucket id                    |
    //      8| Total body length                                             |
    //     12| Opaque                                                        |
    //     16| CAS                                                           |
    public ReadStatus TryReadHeader(ReadOnlySpan<byte> input, out BinaryRequest request, out int size)
    {
        request = default;
        size = BinaryRequest.HeaderBytes;

        // A byte that is not the magic cannot be answered: nothing says where the next request starts.
        if (input[0] != RequestMagic)
        {
            return End(BinaryStatus.Success);
        }

        if (input.Length < BinaryRequest.HeaderBytes)
        {
            return Need(BinaryRequest.HeaderBytes);
        }

        request.Opcode = (BinaryOpcode)input[1];
        request.KeyLength = BinaryPrimitives.ReadUInt16BigEndian(input[2..]);
        request.ExtrasLength = input[4];
        request.BodyLength = BinaryPrimitives.ReadUInt32BigEndian(input[8..]);
        request.Opaque = BinaryPrimitives.ReadUInt32BigEndian(input[12..]);
        request.Cas = BinaryPrimitives.ReadUInt64BigEndian(input[16..]);
        return request.ValueLength < 0 ? End(BinaryStatus.UnknownCommand) : ReadStatus.Done;
    }

    /// <summary>Reads what follows the header.</summary>
    /// <param name="input">Bytes at hand, from the header's first.</param>
    /// <param name="shape">What the opcode carries; null for an unknown one.</param>
    /// <param name="request">The header; gets its spans for Done, and its key for a value that is too large.</param>
    /// <param name="size">Bytes of the request, or of what is to be stepped over before <see cref="Swallow"/>.</param>
    public ReadStatus TryReadBody(
        ReadOnlySpan<byte> input, BinaryShape? shape, ref BinaryRequest request, out int size)
    {
        size = BinaryRequest.HeaderBytes;
        if (request.KeyLength > MemcachedLimits.KeyBytes)
        {
            return End(BinaryStatus.InvalidArguments);
        }

        if (shape is null)
        {
            return Refuse(BinaryStatus.UnknownCommand, request.BodyLength);
        }

        if (!shape.Fits(request))
        {
            return End(BinaryStatus.InvalidArguments);
        }

        int keyStart = BinaryRequest.HeaderBytes + request.ExtrasLength;
        int keyEnd = keyStart + request.KeyLength;
        if (request.ValueLength > MaxValueBytes)
        {
            // The key is needed to end the old value of a refused set, so the answer waits for the bytes before the
            // value.
            size = keyEnd;
            if (input.Length < keyEnd)
            {
                return Need(keyEnd);
            }

            request.Key = input[keyStart..keyEnd];
            return Refuse(BinaryStatus.TooLarge, request.ValueLength);
        }

        size = BinaryRequest.HeaderBytes + (int)request.BodyLength;
        if (input.Length < size)
        {
            return Need(size);
        }

        request.Extras = input[BinaryRequest.HeaderBytes..keyStart];
        request.Key = input[keyStart..keyEnd];
        request.Value = input[keyEnd..size];
        return ReadStatus.Done;
    }

    /// <summary>The request is refused by its header; its body is stepped over.</summary>
    public ReadStatus RefuseHeader(in BinaryRequest request, BinaryStatus error) =>
        Refuse(error, request.BodyLength);

    /// <summary>The connection ends.</summary>
    public ReadStatus End(BinaryStatus error)
    {
        Refuse(error, 0);
        return ReadStatus.Fatal;
    }

    private ReadStatus Need(int bytes)
    {
        NeedBytes = bytes;
        return ReadStatus.NeedMoreData;
    }

    private ReadStatus Refuse(BinaryStatus error, long swallow)
    {
        Error = error;
        Swallow = swallow;
        return ReadStatus.BadRequest;
    }
}
