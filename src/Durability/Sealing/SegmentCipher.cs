using System.Buffers.Binary;
using System.Security.Cryptography;
using SessionGateway.Durability.Checksums;
using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Sealing;

/// <summary>
/// Encrypts and decrypts the records of one segment with AES-256-GCM under a key of the segment's own, which is made of
/// the log's key, the segment's random salt and its header. The nonce is the place in the file: a segment is written
/// once, from its beginning to its end, and never gone on with after a failure or a start, so no nonce is used twice.
/// </summary>
internal sealed class SegmentCipher : IDisposable
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 32;

    /// <summary>Bytes of the record that names the key: kind 1, cipher 1, id 8, salt 32.</summary>
    public const int KeyRecordBytes = RecordHead.Bytes + 2 + LogKey.IdBytes + SaltBytes;

    /// <summary>What a sealed record has beside its bytes: head, kind, whether it goes on, tag.</summary>
    public const int ExtraBytes = RecordHead.Bytes + 2 + TagBytes;

    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const byte Aes256Gcm = 1;

    private readonly AesGcm _aes;

    /// <summary>Makes that of a segment.</summary>
    public SegmentCipher(LogKey key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> header)
    {
        byte[] derived = key.Derive(salt, header);
        _aes = new AesGcm(derived, TagBytes);
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary>Writes the record that names the key.</summary>
    public static void WriteKey(Span<byte> target, LogKey key, ReadOnlySpan<byte> salt)
    {
        Span<byte> body = target[RecordHead.Bytes..KeyRecordBytes];
        body[0] = (byte)RecordKind.Key;
        body[1] = Aes256Gcm;
        key.IdAsBytes.CopyTo(body[2..]);
        salt.CopyTo(body[(2 + LogKey.IdBytes)..]);
        RecordHead.Write(target, body.Length, Crc32C.Append(RecordHead.StartSum(body.Length), body));
    }

    /// <summary>Reads the body of such a record; false when it is none that this version knows.</summary>
    public static bool ReadKey(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> id, out ReadOnlySpan<byte> salt)
    {
        bool isKey = body.Length == KeyRecordBytes - RecordHead.Bytes && body[0] == (byte)RecordKind.Key
            && body[1] == Aes256Gcm;
        id = isKey ? body.Slice(2, LogKey.IdBytes) : default;
        salt = isKey ? body[(2 + LogKey.IdBytes)..] : default;
        return isKey;
    }

    /// <summary>Writes a sealed record.</summary>
    /// <param name="target">As long as the bytes and <see cref="ExtraBytes"/>.</param>
    /// <param name="place">Where in the file it is written.</param>
    /// <param name="bytes">What it holds.</param>
    /// <param name="goesOn">The last record in it ends in a later one.</param>
    public void Seal(Span<byte> target, long place, ReadOnlySpan<byte> bytes, bool goesOn)
    {
        Span<byte> body = target[RecordHead.Bytes..(bytes.Length + ExtraBytes)];
        body[0] = (byte)RecordKind.Sealed;
        body[1] = goesOn ? (byte)1 : (byte)0;
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, place);
        _aes.Encrypt(nonce, bytes, body[2..^TagBytes], body[^TagBytes..], body[..2]);
        RecordHead.Write(target, body.Length, Crc32C.Append(RecordHead.StartSum(body.Length), body));
    }

    /// <summary>Bytes that a sealed body holds.</summary>
    public static int LengthOf(ReadOnlySpan<byte> body) => Math.Max(0, body.Length - 2 - TagBytes);

    /// <summary>Reads a sealed record.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="place">Where in the file it begins.</param>
    /// <param name="target">As long as <see cref="LengthOf"/>.</param>
    /// <returns>False when nobody who has the key wrote it at this place.</returns>
    public bool TryOpen(ReadOnlySpan<byte> body, long place, Span<byte> target)
    {
        if (body.Length < 2 + TagBytes)
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, place);
        try
        {
            _aes.Decrypt(nonce, body[2..^TagBytes], body[^TagBytes..], target, body[..2]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();

    private static void WriteNonce(Span<byte> nonce, long place)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, place);
    }
}
