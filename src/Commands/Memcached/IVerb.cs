namespace SessionGateway.Commands.Memcached;

/// <summary>A verb of the memcached protocols. One instance serves all connections.</summary>
internal interface IVerb
{
    /// <summary>What it is.</summary>
    VerbDescriptor Descriptor { get; }
}
