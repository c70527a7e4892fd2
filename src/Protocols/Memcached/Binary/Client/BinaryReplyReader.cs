namespace SessionGateway.Protocols.Memcached.Binary.Client;

/// <summary>Reads responses of the binary protocol; nothing is kept between calls.</summary>
public static class BinaryReplyReader
{
    /// <summary>Longest body that is read, as long as memcached lets an item be (-I 1g) with a key and
    /// extras.</summary>
    public const int MaxBodyBytes = (1 << 30) + (1 << 10);

    /// <summary>Reads the response at the start of the input.</summary>
    /// <param name="input">Received bytes.</param>
    /// <param name="reply">What it says; points into the input.</param>
    /// <param name="length">Bytes of it; after <see cref="ReplyStatus.NeedMoreData"/> bytes from which a new attempt is
    /// worth while.</param>
    public static ReplyStatus TryRead(ReadOnlySpan<byte> input, out BinaryReply reply, out int length)
    {
        reply = default;
        length = BinaryHeader.Bytes;
        if (!input.IsEmpty && input[0] != BinaryHeader.ResponseMagic)
        {
            return ReplyStatus.Fatal;
        }

        if (input.Length < BinaryHeader.Bytes)
        {
            return ReplyStatus.NeedMoreData;
        }

        var header = BinaryHeader.Read(input);
        if (header.BodyLength > MaxBodyBytes || header.ExtrasLength + header.KeyLength > header.BodyLength)
        {
            return ReplyStatus.Fatal;
        }

        length += (int)header.BodyLength;
        if (input.Length < length)
        {
            return ReplyStatus.NeedMoreData;
        }

        ReadOnlySpan<byte> body = input[BinaryHeader.Bytes..length];
        reply = new BinaryReply
        {
            Header = header,
            Extras = body[..header.ExtrasLength],
            Key = body.Slice(header.ExtrasLength, header.KeyLength),
            Value = body[(header.ExtrasLength + header.KeyLength)..],
        };
        return ReplyStatus.Done;
    }
}
