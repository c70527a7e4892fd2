using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>Checks of replies that all protocols share.</summary>
internal static class Reply
{
    public const int Incomplete = 0;
    public const int Wrong = -1;

    /// <summary>More bytes than any protocol puts around a value, key included.</summary>
    public const int MaxFrameBytes = 192;

    public static int Is(ReadOnlySpan<byte> input, ReadOnlySpan<byte> expected)
    {
        if (input.Length >= expected.Length)
            return input.StartsWith(expected) ? expected.Length : Wrong;
        return expected.StartsWith(input) ? Incomplete : Wrong;
    }

    /// <summary>A value between two known pieces, the first of which is already checked.</summary>
    public static int IsValue(ReadOnlySpan<byte> input, int start, ReadOnlySpan<byte> after, int key, Dataset data)
    {
        int length = start + data.ValueBytes + after.Length;
        if (input.Length < length)
            return Incomplete;
        return data.IsValueOf(input.Slice(start, data.ValueBytes), key)
            && input.Slice(start + data.ValueBytes, after.Length).SequenceEqual(after) ? length : Wrong;
    }
}
