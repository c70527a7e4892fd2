using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached;

/// <summary>A verb that has opcodes; <see cref="BinaryTable"/> has them all.</summary>
internal interface IBinaryVerb : IVerb
{
    /// <summary>
    /// Executes a request whose shape fits, and writes the answer. Called on the connection's loop; must not wait and
    /// must not throw whatever the request holds.
    /// </summary>
    void Run(in BinaryRequest request, BinaryRow row, CommandContext context);

    /// <summary>The value of a request with this key is refused as too large.</summary>
    void OnTooLarge(ReadOnlySpan<byte> key, CommandContext context)
    {
    }
}
