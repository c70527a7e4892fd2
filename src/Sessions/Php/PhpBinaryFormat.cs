using System.Buffers;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Php;

/// <summary>
/// <c>php_binary</c>: <c>*( length name value )</c> with a length byte of 7 bits; PHP ignores the eighth, which old
/// versions set for variables without a value.
/// </summary>
internal sealed class PhpBinaryFormat : ISessionFormat
{
    public string Name => "php_binary";

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<PhpBinaryFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<PhpEmitter>(this, tree, output, options, PhpStyle.PhpBinary, out error);

    private static SessionError Read(PhpBinaryFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
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
            int length = bytes[at] & 0x7f;
            if (length >= bytes.Length - at - 1)
            {
                return new SessionError(SessionErrorCode.Truncated, at);
            }

            reader.At = at + 1 + length;
            if (!reader.ReadVariable(at + 1, length))
            {
                return reader.Failure;
            }
        }

        reader.CloseRoot();
        return default;
    }
}
