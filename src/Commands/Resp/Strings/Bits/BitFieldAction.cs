namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>What BITFIELD does to a number.</summary>
internal enum BitFieldAction
{
    /// <summary>Answers it.</summary>
    Get,

    /// <summary>Writes it and answers the one before.</summary>
    Set,

    /// <summary>Adds to it and answers the sum.</summary>
    Increment,
}
