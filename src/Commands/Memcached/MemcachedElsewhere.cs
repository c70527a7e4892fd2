using System.Text;
using SessionGateway.Protocols.Memcached.Binary.Client;

namespace SessionGateway.Commands.Memcached;

/// <summary>Which verbs a node executes itself while another one is the primary: those that touch no items.</summary>
internal static class MemcachedElsewhere
{
    private const byte SaslAuth = 0x21;

    /// <summary>Sends a request to the primary, if it belongs there.</summary>
    /// <returns>True: nothing of it is to be done here.</returns>
    public static bool Takes(CommandContext context, CommandTraits traits)
    {
        if (context.Services.PrimaryElsewhere is not { SpeaksMemcached: true })
        {
            return false;
        }

        bool isLooking = (traits & (CommandTraits.Reads | CommandTraits.Writes)) == CommandTraits.Reads;
        bool takes = (traits & (CommandTraits.Reads | CommandTraits.Writes)) != 0
            && !(isLooking && context.Services.Backup.ReadsStay);
        context.Client.IsForwarded |= takes;
        return takes;
    }

    /// <summary>The login of a text connection, for another server.</summary>
    public static IReadOnlyList<byte[]> TextLogin(CommandContext context)
    {
        if (!context.Services.Credentials.AreRequired)
        {
            return [];
        }

        byte[] login = [.. Login(context, ' ')];
        return [[.. Encoding.ASCII.GetBytes($"set auth 0 0 {login.Length}\r\n"), .. login, .. "\r\n"u8]];
    }

    /// <summary>The login of a binary connection, for another server: SASL PLAIN (RFC 4616).</summary>
    public static IReadOnlyList<byte[]> BinaryLogin(CommandContext context)
    {
        if (!context.Services.Credentials.AreRequired)
        {
            return [];
        }

        ReadOnlySpan<byte> mechanism = "PLAIN"u8;
        byte[] login = [0, .. Login(context, '\0')];
        byte[] request = new byte[BinaryHeader.Bytes + mechanism.Length + login.Length];
        request[0] = BinaryHeader.RequestMagic;
        request[1] = SaslAuth;
        request[3] = (byte)mechanism.Length;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(
            request.AsSpan(8), mechanism.Length + login.Length);
        mechanism.CopyTo(request.AsSpan(BinaryHeader.Bytes));
        login.CopyTo(request.AsSpan(BinaryHeader.Bytes + mechanism.Length));
        return [request];
    }

    private static byte[] Login(CommandContext context, char between) =>
    [
        .. Encoding.UTF8.GetBytes(context.Client.User), (byte)between,
        .. context.Services.Credentials.PasswordOf(context.Client.User) ?? [],
    ];
}
