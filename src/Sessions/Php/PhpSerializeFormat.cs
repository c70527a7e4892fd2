using System.Buffers;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Php;

/// <summary><c>php_serialize</c>: one value of serialize(), an array of the variables.</summary>
/// <param name="anyRoot">Whether the value may be of any kind: an item of a cache rather than a session.</param>
internal sealed class PhpSerializeFormat(bool anyRoot = false) : ISessionFormat
{
    public string Name => "php_serialize";

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<PhpSerializeFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<PhpEmitter>(this, tree, output, options, PhpStyle.PhpSerialize, out error);

    private static SessionError Read(PhpSerializeFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
    {
        // All of PHP's handlers read no bytes at all as an empty session.
        if (bytes.IsEmpty && !format.AnyRoot)
        {
            return default;
        }

        Span<DecodeFrame> frames = stackalloc DecodeFrame[FrameStack.OnStack];
        var reader = new PhpReader(tree, bytes, frames, limits);
        if (!reader.ReadValue(SessionTree.RootNode))
        {
            return reader.Failure;
        }

        if (reader.At < bytes.Length)
        {
            return new SessionError(SessionErrorCode.TrailingBytes, reader.At);
        }

        return format.AnyRoot || tree.Root.Kind == SessionKind.Map
            ? default : new SessionError(SessionErrorCode.NotASession, 0);
    }

    private bool AnyRoot => anyRoot;
}
