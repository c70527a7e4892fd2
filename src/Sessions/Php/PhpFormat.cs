using System.Buffers;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Php;

/// <summary>
/// <c>php</c>, PHP's default: <c>*( name "|" value )</c>. Numbers of back references run across all variables.
/// An empty session is an empty string.
/// </summary>
internal sealed class PhpFormat : ISessionFormat
{
    public string Name => "php";

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<PhpFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<PhpEmitter>(this, tree, output, options, PhpStyle.Php, out error);

    private static SessionError Read(PhpFormat format, ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits)
    {
        Span<DecodeFrame> frames = stackalloc DecodeFrame[FrameStack.OnStack];
        var reader = new PhpReader(tree, bytes, frames, limits);
        if (!reader.OpenRoot())
        {
            return reader.Failure;
        }

        while (reader.At < bytes.Length)
        {
            int at = reader.At;
            int length = bytes[at..].IndexOf((byte)'|');
            if (length < 0)
            {
                return new SessionError(SessionErrorCode.Truncated, bytes.Length, "a name without '|'");
            }

            reader.At = at + length + 1;
            if (!reader.ReadVariable(at, length))
            {
                return reader.Failure;
            }
        }

        reader.CloseRoot();
        return default;
    }
}
