using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>version. The binary protocol tells it to strangers, too.</summary>
internal sealed class VersionCommand : ITextVerb, IBinaryVerb
{
    private VersionCommand()
    {
    }

    public static VersionCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("version", CommandTraits.BeforeLogin) { Shape = BinaryShape.Empty };

    public ReadStatus Run(ref TextCall call)
    {
        TextResponseWriter.WriteVersion(call.Context.Output, MemcachedVersion.Bytes);
        return ReadStatus.Done;
    }

    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context) =>
        BinaryResponseWriter.WriteValue(context.Output, request, MemcachedVersion.Bytes);
}
