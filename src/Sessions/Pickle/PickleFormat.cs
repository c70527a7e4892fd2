using System.Buffers;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Pickle;

/// <summary>
/// <c>django-pickle</c>, what Django's cache sessions are: a pickled dict. Only opcodes that build plain values are
/// run. Written with protocol 4, which all Python 3 versions read.
/// </summary>
internal sealed class PickleFormat : ISessionFormat
{
    public string Name => "django-pickle";

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<PickleFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<PickleEmitter>(this, tree, output, options, null, out error);

    private static SessionError Read(PickleFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
    {
        var reader = new PickleReader(tree, bytes);
        int result = reader.Run();
        if (result == 0)
        {
            return reader.Failure;
        }

        if (reader.At < bytes.Length)
        {
            return new SessionError(SessionErrorCode.TrailingBytes, reader.At);
        }

        tree.Nodes[SessionTree.RootNode].TakeValue(tree.Nodes[result]);
        if (tree.Root.Kind != SessionKind.Map || tree.Root.Hint != SessionHint.Dictionary)
        {
            return new SessionError(SessionErrorCode.NotASession, 0);
        }

        if (TreeDepth.Exceeds(tree, SessionTree.RootNode, limits.MaxDepth))
        {
            return new SessionError(SessionErrorCode.TooDeep, 0);
        }

        foreach (SessionEntry entry in tree.Variables)
        {
            if (entry.Key.Bytes.Length > limits.MaxNameBytes)
            {
                return new SessionError(SessionErrorCode.NameTooLong, 0);
            }
        }

        return default;
    }
}
