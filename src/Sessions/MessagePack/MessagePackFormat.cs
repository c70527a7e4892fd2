using System.Buffers;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.MessagePack;

/// <summary>
/// <c>msgpack</c>: reads what msgpack-php and Flask-Session write; writes plain MessagePack, without references and
/// objects.
/// </summary>
/// <param name="anyRoot">Whether the value may be of any kind: an item of a cache rather than a session.</param>
internal sealed class MessagePackFormat(bool anyRoot = false) : ISessionFormat
{
    /// <summary>Extension types become objects named so, followed by their number.</summary>
    public const string ExtensionPrefix = "msgpack-ext:";

    public string Name => "msgpack";

    private bool AnyRoot => anyRoot;

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<MessagePackFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<MessagePackEmitter>(this, tree, output, options, null, out error);

    private static SessionError Read(MessagePackFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
    {
        if (bytes.IsEmpty && !format.AnyRoot)
        {
            return default;
        }

        Span<DecodeFrame> frames = stackalloc DecodeFrame[FrameStack.OnStack];
        using var reader = new MessagePackReader(tree, bytes, frames, limits);
        if (!reader.ReadValue(SessionTree.RootNode))
        {
            return reader.Failure;
        }

        if (reader.At < bytes.Length)
        {
            return new SessionError(SessionErrorCode.TrailingBytes, reader.At);
        }

        // PHP writes an empty session as an empty list; no other list is one.
        bool isSession = tree.Root.Kind == SessionKind.Map
            && (tree.Root.Hint != SessionHint.List || tree.Variables.Count == 0);
        if (!format.AnyRoot && isSession && tree.Root.Hint == SessionHint.List)
        {
            tree.Root.SetMap(SessionHint.Dictionary);
        }

        return format.AnyRoot || isSession ? default : new SessionError(SessionErrorCode.NotASession, 0);
    }
}
