using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>quit.</summary>
internal sealed class QuitCommand : ITextVerb, IBinaryVerb
{
    private QuitCommand()
    {
    }

    public static QuitCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("quit", CommandTraits.None) { Shape = BinaryShape.Empty };

    public ReadStatus Run(ref TextCall call)
    {
        call.Context.Client.CloseAfterReply = true;
        return ReadStatus.Done;
    }

    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        if (!row.IsQuiet)
        {
            BinaryResponseWriter.WriteDone(context.Output, request);
        }

        context.Client.CloseAfterReply = true;
    }
}
