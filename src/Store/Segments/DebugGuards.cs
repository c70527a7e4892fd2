namespace SessionGateway.Store.Segments;

/// <summary>Guards that debug builds carry: a canary behind every record, freed memory overwritten.</summary>
internal static class DebugGuards
{
#if DEBUG
    /// <summary>Bytes behind every record's value.</summary>
    public const int CanaryBytes = 8;
#else
    /// <summary>Bytes behind every record's value.</summary>
    public const int CanaryBytes = 0;
#endif

    /// <summary>True in debug builds; a property, so that release builds drop the code behind it without a
    /// warning.</summary>
    public static bool Enabled => CanaryBytes != 0;

    /// <summary>The canary of a record, bound to its address so that a record copied elsewhere is noticed.</summary>
    public static ulong CanaryOf(nint address) => 0x5AFE_C0DE_0000_0000 ^ ((ulong)address * 0x9E37_79B9_7F4A_7C15);
}
