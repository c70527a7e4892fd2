using System.Security.Cryptography;

namespace SessionGateway.Durability.Sealing;

/// <summary>A key that logs are encrypted with: 32 bytes. Its id says which one it is and tells nothing of
/// it.</summary>
public sealed class LogKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Bytes = 32;

    /// <summary>Bytes of an id.</summary>
    public const int IdBytes = 8;

    private readonly byte[] _key;
    private readonly byte[] _id;

    /// <summary>Takes the bytes of a key.</summary>
    public LogKey(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Bytes);
        _key = key.ToArray();
        _id = HMACSHA256.HashData(_key, "session gateway: id of a log's key"u8)[..IdBytes];
        Id = Convert.ToHexStringLower(_id);
    }

    /// <summary>Names it, as text.</summary>
    public string Id { get; }

    /// <summary>Names it, as bytes.</summary>
    public ReadOnlySpan<byte> IdAsBytes => _id;

    /// <summary>The key of one segment: nobody else has it, because its salt is random.</summary>
    /// <param name="salt">Of the segment.</param>
    /// <param name="header">The segment's header: another header is another key.</param>
    internal byte[] Derive(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> header)
    {
        byte[] derived = new byte[Bytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, derived, salt, header);
        return derived;
    }
}
