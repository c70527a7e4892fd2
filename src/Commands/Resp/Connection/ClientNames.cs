using System.Text;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>Names that clients give to their connections.</summary>
internal static class ClientNames
{
    /// <summary>
    /// Longest name, library name or version: redis has no limit, and CLIENT LIST shows all of them at once.
    /// </summary>
    public const int MaxBytes = 1024;

    /// <summary>Visible ASCII without blanks, so that a line of CLIENT LIST stays readable.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name) => !name.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>A valid name as text.</summary>
    public static string Text(ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name);

    /// <summary>Names the connection, or writes the error.</summary>
    public static bool TrySet(in RespCall call, ReadOnlySpan<byte> name)
    {
        if (!IsValid(name))
        {
            call.Error("-ERR Client names cannot contain spaces, newlines or special characters.\r\n"u8);
            return false;
        }

        if (!FitsOrRefuse(call, name))
        {
            return false;
        }

        call.Client.Name = Text(name);
        return true;
    }

    /// <summary>True when a name is not too long; else writes the error.</summary>
    public static bool FitsOrRefuse(in RespCall call, ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxBytes)
        {
            call.Error("-ERR names of clients are at most 1024 bytes\r\n"u8);
            return false;
        }

        return true;
    }
}
