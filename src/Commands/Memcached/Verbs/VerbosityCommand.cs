using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>verbosity: the level is checked and means nothing here.</summary>
internal sealed class VerbosityCommand : ITextVerb
{
    private VerbosityCommand()
    {
    }

    public static VerbosityCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("verbosity", CommandTraits.None) { TakesNoReply = true };

    // verbosity <level> [noreply]
    public ReadStatus Run(ref TextCall call)
    {
        ReadStatus status = VerbosityLine.TryRead(ref call.Reader, call.Line, out VerbosityLine request);
        if (status == ReadStatus.Done && !request.IsQuiet)
        {
            call.Context.Output.Write("OK\r\n"u8);
        }

        return status;
    }
}
