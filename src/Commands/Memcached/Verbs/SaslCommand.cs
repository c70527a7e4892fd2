using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>
/// SASL with the one mechanism PLAIN. Also answered when no login is configured: libmemcached with credentials gives up
/// on a server that does not know the opcodes, so everybody is let in then.
/// </summary>
internal sealed class SaslCommand : IBinaryVerb
{
    private SaslCommand()
    {
    }

    public static SaslCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("sasl_auth", CommandTraits.BeforeLogin)
    {
        Shape = BinaryShape.KeyAndValue,
    };

    // key: the mechanism; value: [authzid] NUL authcid NUL password (RFC 4616)
    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        context.Stats.Memcached.AuthCommands++;
        if (request.Opcode == BinaryOpcode.SaslAuth && request.Key.SequenceEqual("PLAIN"u8)
            && Accepts(request.Value, context))
        {
            context.Client.IsAuthenticated = true;
            BinaryResponseWriter.WriteValue(context.Output, request, "Authenticated"u8);
            return;
        }

        // A failed attempt also ends an earlier login, as in memcached (proto_bin.c, process_bin_complete_sasl_auth).
        FailedLogin.Note(context, context.Stats.Memcached);
        context.Client.IsAuthenticated = !context.Services.Credentials.AreRequired;
        BinaryResponseWriter.WriteError(context.Output, request, BinaryStatus.AuthError);
    }

    private static bool Accepts(ReadOnlySpan<byte> message, CommandContext context)
    {
        if (!context.Services.Credentials.AreRequired)
        {
            return true;
        }

        int first = message.IndexOf((byte)0);
        if (first < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = message[(first + 1)..];
        int second = rest.IndexOf((byte)0);
        return second >= 0 && context.Services.Credentials.Accepts(rest[..second], rest[(second + 1)..]);
    }
}
