using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>shutdown, which memcached allows with -A only and the gateway not at all.</summary>
internal sealed class ShutdownCommand : ITextVerb
{
    private ShutdownCommand()
    {
    }

    public static ShutdownCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("shutdown", CommandTraits.None);

    public ReadStatus Run(ref TextCall call)
    {
        call.Context.Output.Write(TextErrors.ShutdownDisabled);
        return ReadStatus.Done;
    }
}
