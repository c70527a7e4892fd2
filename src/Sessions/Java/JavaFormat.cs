using System.Buffers;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Java;

/// <summary><c>java</c>: a stream with one object, as Spring Session and others keep each attribute.</summary>
internal sealed class JavaFormat : ISessionFormat
{
    public string Name => "java";

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<JavaFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<JavaEmitter>(this, tree, output, options, null, out error);

    private static SessionError Read(JavaFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
    {
        var reader = new JavaStreamReader(tree, bytes, 0, limits);
        if (!reader.ReadHeader() || !reader.ReadContent(SessionTree.RootNode))
        {
            return reader.Failure;
        }

        tree.Metadata = new JavaStreamMetadata(reader.Classes);
        return reader.At == bytes.Length ? default : new SessionError(SessionErrorCode.TrailingBytes, reader.At);
    }
}
