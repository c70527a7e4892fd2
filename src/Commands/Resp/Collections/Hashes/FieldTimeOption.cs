namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>The words that HSETEX and HGETEX have before a time.</summary>
internal static class FieldTimeOption
{
    /// <summary>Tells what a word means.</summary>
    /// <returns>False when it is no such word.</returns>
    public static bool TryWord(in RespCall call, int index, out int unit, out bool isRelative)
    {
        isRelative = call.Is(index, "ex"u8) || call.Is(index, "px"u8);
        bool isAbsolute = call.Is(index, "exat"u8) || call.Is(index, "pxat"u8);
        unit = call[index].Length > 0 && (call[index][0] | 0x20) == 'e' ? 1000 : 1;
        return isRelative || isAbsolute;
    }
}
