using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>noop: its answer tells that everything before it has been answered.</summary>
internal sealed class NoopCommand : IBinaryVerb
{
    private NoopCommand()
    {
    }

    public static NoopCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("noop", CommandTraits.None) { Shape = BinaryShape.Empty };

    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context) =>
        BinaryResponseWriter.WriteDone(context.Output, request);
}
