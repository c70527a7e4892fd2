using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>The list of SASL mechanisms: PLAIN.</summary>
internal sealed class SaslListCommand : IBinaryVerb
{
    private SaslListCommand()
    {
    }

    public static SaslListCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("sasl_list", CommandTraits.BeforeLogin)
        { Shape = BinaryShape.Empty };

    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context) =>
        BinaryResponseWriter.WriteValue(context.Output, request, "PLAIN"u8);
}
