using SessionGateway.Sessions.Reading;

namespace SessionGateway.Sessions.Php;

/// <summary>
/// How many of PHP's value numbers the payload of a <c>C:</c> object uses up. A class whose serialize() method calls
/// serialize() shares the numbering of the session with it, whatever it wraps around the result, so values are looked
/// for at every offset. Values inside a payload inside a payload are not counted.
/// </summary>
internal static class PhpPayload
{
    // Failed attempts may each read far: past this many bytes in all, the rest of the payload counts nothing.
    private const int WorkPerByte = 8;

    private static readonly SessionLimits Limits = new() { MaxDepth = 4096, MaxNodes = int.MaxValue - 16,
        MaxNameBytes = int.MaxValue };

    public static int CountValues(ReadOnlySpan<byte> payload)
    {
        int count = 0;
        int at = 0;
        long work = 64L + (long)WorkPerByte * payload.Length;
        SessionTree? scratch = null;
        while (at < payload.Length - 1 && work > 0)
        {
            if (!MayStart(payload[at], payload[at + 1]))
            {
                at++;
                continue;
            }

            scratch ??= new SessionTree();
            int values = CountOne(scratch, payload[at..], out int used);
            work -= used + payload.Length - at;
            count += values;
            at += values > 0 ? used : 1;
        }

        return count;
    }

    private static int CountOne(SessionTree scratch, ReadOnlySpan<byte> bytes, out int used)
    {
        ReadOnlySpan<byte> loaded = scratch.Load(bytes, Limits);
        Span<DecodeFrame> frames = stackalloc DecodeFrame[FrameStack.OnStack];
        var reader = new PhpReader(scratch, loaded, frames, Limits) { CountOnly = true };
        bool complete = reader.ReadValue(SessionTree.RootNode);
        used = reader.At;
        return complete ? new PhpSlots(scratch).Count : 0;
    }

    private static bool MayStart(byte first, byte second) =>
        first == 'N' ? second == ';' : second == ':' && "bdisSaOCErR"u8.Contains(first);
}
