namespace SessionGateway.Gateway.Transport;

/// <summary>Outcomes of a receive or send that are not a number of bytes.</summary>
internal static class IoResult
{
    /// <summary>The peer will send no more.</summary>
    public const int EndOfStream = 0;

    /// <summary>Nothing can be moved now; a readiness event follows.</summary>
    public const int WouldBlock = -1;

    /// <summary>The connection is broken.</summary>
    public const int Broken = -2;
}
