namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>What happens to a number that has no room in its bits.</summary>
internal enum BitOverflow
{
    /// <summary>Its lowest bits are kept.</summary>
    Wrap,

    /// <summary>The nearest one that has.</summary>
    Saturate,

    /// <summary>Nothing, and the answer is null.</summary>
    Fail,
}
