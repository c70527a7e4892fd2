using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>The meta set is not there yet: it is refused, and its data is not executed.</summary>
internal sealed class MetaSetCommand : ITextVerb
{
    private MetaSetCommand()
    {
    }

    public static MetaSetCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("ms", CommandTraits.Writes) { Keys = VerbKeys.One };

    public ReadStatus Refuse(ref TextCall call, TextError error) => Run(ref call);

    public ReadStatus Run(ref TextCall call) => UnknownLine.ReadMetaSet(ref call.Reader, call.Line);
}
