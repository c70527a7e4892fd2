namespace SessionGateway.Bench.Load.Wire;

/// <summary>Checks of replies that all protocols share.</summary>
internal static class Reply
{
    public const int Incomplete = 0;
    public const int Wrong = -1;

    /// <summary>More bytes than any protocol puts around a value, key included.</summary>
    public const int MaxFrameBytes = 1280;

    public static int Is(ReadOnlySpan<byte> input, ReadOnlySpan<byte> expected)
    {
        if (input.Length >= expected.Length)
            return input.StartsWith(expected) ? expected.Length : Wrong;
        return expected.StartsWith(input) ? Incomplete : Wrong;
    }
}
