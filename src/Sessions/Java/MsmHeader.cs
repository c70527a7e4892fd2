using System.Text;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Java;

/// <summary>
/// The header of an MSM session value, big-endian: version, offset of the attributes, times, flags, id, then (version 1
/// ends after the principal) authentication data, each part behind a length of two bytes that Java reads as signed.
/// </summary>
internal static class MsmHeader
{
    private const int MaxPart = short.MaxValue;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out MsmSession header, out int attributes,
        out SessionError error)
    {
        var reader = new ByteReader(bytes, 0);
        header = null!;
        ushort version = reader.UInt16();
        attributes = reader.UInt16();
        if (!reader.Failed && version is not (1 or 2))
        {
            error = new SessionError(SessionErrorCode.Unsupported, 0, "a version of MSM's header");
            return false;
        }

        long creation = (long)reader.UInt64();
        long lastAccessed = (long)reader.UInt64();
        int maxInactive = (int)reader.UInt32();
        bool isNew = reader.Byte() == '1';
        bool isValid = reader.Byte() == '1';
        long thisAccessed = (long)reader.UInt64();
        long lastBackup = (long)reader.UInt64();
        string id = Encoding.UTF8.GetString(reader.Take(reader.UInt16(), out _));
        ushort authType = reader.UInt16();
        ReadOnlySpan<byte> principal = reader.Take(reader.UInt16(), out _);
        ReadOnlySpan<byte> savedRequest = version == 1 ? default : reader.Take(reader.UInt16(), out _);
        ReadOnlySpan<byte> savedPrincipal = version == 1 ? default : reader.Take(reader.UInt16(), out _);
        if (!reader.Failed && (attributes < reader.At || attributes > bytes.Length))
        {
            reader.FailAt(2, SessionErrorCode.BadLength, "the offset of the attributes");
        }

        error = reader.Failure;
        if (reader.Failed)
        {
            return false;
        }

        header = new MsmSession
        {
            Version = version,
            CreationTime = creation,
            LastAccessedTime = lastAccessed,
            MaxInactiveInterval = maxInactive,
            IsNew = isNew,
            IsValid = isValid,
            ThisAccessedTime = thisAccessed,
            LastBackupTime = lastBackup,
            Id = id,
            AuthType = authType,
            Principal = principal.ToArray(),
            SavedRequest = savedRequest.ToArray(),
            SavedPrincipal = savedPrincipal.ToArray(),
        };
        error = default;
        return true;
    }

    /// <summary>Writes the header. Gives false where a part is too long for its length field.</summary>
    public static bool Write(MsmSession header, OutBuffer output)
    {
        byte[] id = Encoding.UTF8.GetBytes(header.Id);
        int parts = header.Principal.Length + header.SavedRequest.Length + header.SavedPrincipal.Length;
        int length = 44 + id.Length + 4 + parts + (header.Version == 1 ? 0 : 4);
        if (Math.Max(Math.Max(id.Length, header.Principal.Length),
            Math.Max(header.SavedRequest.Length, header.SavedPrincipal.Length)) > MaxPart
            || length > ushort.MaxValue || !output.Ensure(length + 16))
        {
            return false;
        }

        output.UInt16(header.Version);
        output.UInt16(length);
        output.UInt64((ulong)header.CreationTime);
        output.UInt64((ulong)header.LastAccessedTime);
        output.UInt32((uint)header.MaxInactiveInterval);
        output.Byte((byte)(header.IsNew ? '1' : '0'));
        output.Byte((byte)(header.IsValid ? '1' : '0'));
        output.UInt64((ulong)header.ThisAccessedTime);
        output.UInt64((ulong)header.LastBackupTime);
        Part(output, id);
        output.UInt16(header.AuthType);
        Part(output, header.Principal.Span);
        if (header.Version != 1)
        {
            Part(output, header.SavedRequest.Span);
            Part(output, header.SavedPrincipal.Span);
        }

        return true;
    }

    private static void Part(OutBuffer output, ReadOnlySpan<byte> bytes)
    {
        output.UInt16(bytes.Length);
        output.Write(bytes);
    }
}
