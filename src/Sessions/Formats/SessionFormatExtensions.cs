using System.Buffers;

namespace SessionGateway.Sessions;

/// <summary>The throwing forms of <see cref="ISessionFormat"/>.</summary>
public static class SessionFormatExtensions
{
    /// <summary>Reads bytes into a new tree.</summary>
    /// <exception cref="SessionFormatException">The bytes are not valid in this format or exceed a limit.</exception>
    public static SessionTree Decode(this ISessionFormat format, ReadOnlySpan<byte> bytes, SessionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        var tree = new SessionTree();
        return format.TryDecode(bytes, tree, limits ?? SessionLimits.Default, out SessionError error)
            ? tree
            : throw new SessionFormatException(format.Name, error);
    }

    /// <summary>Writes a tree.</summary>
    /// <exception cref="SessionFormatException">The format cannot hold the session, or a limit is exceeded.</exception>
    public static byte[] Encode(this ISessionFormat format, SessionTree tree, SessionEncodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        var output = new ArrayBufferWriter<byte>(256);
        return format.TryEncode(tree, output, options ?? SessionEncodeOptions.Default, out SessionError error)
            ? output.WrittenSpan.ToArray()
            : throw new SessionFormatException(format.Name, error);
    }
}
