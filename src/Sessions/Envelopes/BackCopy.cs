namespace SessionGateway.Sessions.Envelopes;

/// <summary>The copy all LZ77 formats share: bytes written earlier again, possibly overlapping themselves.</summary>
internal static class BackCopy
{
    public static bool TryCopy(Span<byte> output, ref int written, int distance, long length)
    {
        if (distance <= 0 || distance > written || length > output.Length - written)
        {
            return false;
        }

        int from = written - distance;
        for (int i = 0; i < length; i++)
        {
            output[written + i] = output[from + i];
        }

        written += (int)length;
        return true;
    }
}
