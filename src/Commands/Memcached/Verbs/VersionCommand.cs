using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>version. The binary protocol tells it to strangers, too.</summary>
internal sealed class VersionCommand : ITextVerb, IBinaryVerb
{
    // In the opaque field of a binary request: who forwards says how often that has been done.
    private const uint HopMark = 0x4757_0000;

    private VersionCommand()
    {
    }

    public static VersionCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("version", CommandTraits.BeforeLogin) { Shape = BinaryShape.Empty };

    // A gateway that forwards a connection says so: "version forwarded 1". Others have no words behind it.
    public ReadStatus Run(ref TextCall call)
    {
        TextTokens words = call.Line.Words;
        if (words.Next().SequenceEqual("forwarded"u8) && TextNumbers.TryUInt32(words.Next(), out uint hops)
            && hops <= byte.MaxValue)
        {
            call.Context.Client.Hops = (int)hops;
        }

        TextResponseWriter.WriteVersion(call.Context.Output, MemcachedVersion.Bytes);
        return ReadStatus.Done;
    }

    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        if ((request.Opaque & ~0xffu) == HopMark)
        {
            context.Client.Hops = (int)(request.Opaque & 0xff);
        }

        BinaryResponseWriter.WriteValue(context.Output, request, MemcachedVersion.Bytes);
    }
}
