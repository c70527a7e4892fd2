using System.Buffers;

namespace SessionGateway.Sessions;

/// <summary>
/// One way of writing a session as bytes. Implementations keep no state between calls and may be used by several
/// threads. Input never throws: whatever it contains ends in a tree or in a <see cref="SessionError"/>.
/// </summary>
public interface ISessionFormat
{
    /// <summary>The name, by which users select it.</summary>
    string Name { get; }

    /// <summary>Reads bytes into a tree, replacing what it held. After an error the tree is empty.</summary>
    bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error);

    /// <summary>Writes a tree. After an error nothing was written to the output.</summary>
    bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options, out SessionError error);
}
