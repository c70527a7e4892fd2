using System.Buffers;
using System.Buffers.Binary;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Igbinary;

/// <summary><c>igbinary</c>: four bytes of version (1 and 2 are read, 2 is written), then one value.</summary>
/// <param name="anyRoot">Whether the value may be of any kind: an item of a cache rather than a session.</param>
internal sealed class IgbinaryFormat(bool anyRoot = false) : ISessionFormat
{
    public const uint Version1 = 1;
    public const uint Version2 = 2;

    private const int HeaderLength = 4;

    // A name met before and a small number take four bytes.
    private const int BytesPerNode = 5;

    // A third for references, the rest for strings: most sessions need no more.
    private const int IdsOnStack = 96;

    public string Name => "igbinary";

    private bool AnyRoot => anyRoot;

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<IgbinaryFormat>(this, bytes, tree, limits, Read, out error, BytesPerNode);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<IgbinaryEmitter>(this, tree, output, options, null, out error);

    private static SessionError Read(IgbinaryFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
    {
        if (bytes.IsEmpty && !format.AnyRoot)
        {
            return default;
        }

        if (bytes.Length < HeaderLength)
        {
            return new SessionError(SessionErrorCode.Truncated, bytes.Length);
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(bytes) is not (Version1 or Version2))
        {
            return new SessionError(SessionErrorCode.Unsupported, 0, "an igbinary version");
        }

        Span<DecodeFrame> frames = stackalloc DecodeFrame[FrameStack.OnStack];
        Span<long> ids = stackalloc long[IdsOnStack];
        using var reader = new IgbinaryReader(tree, bytes, HeaderLength, frames, ids, limits);
        if (!reader.ReadValue(SessionTree.RootNode))
        {
            return reader.Failure;
        }

        if (reader.At < bytes.Length)
        {
            return new SessionError(SessionErrorCode.TrailingBytes, reader.At);
        }

        return format.AnyRoot || tree.Root.Kind == SessionKind.Map
            ? default
            : new SessionError(SessionErrorCode.NotASession, HeaderLength);
    }
}
