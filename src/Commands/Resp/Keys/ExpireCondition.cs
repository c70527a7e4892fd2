namespace SessionGateway.Commands.Resp.Keys;

/// <summary>When EXPIRE applies.</summary>
[Flags]
internal enum ExpireCondition
{
    None = 0,

    /// <summary>Only without an expiry.</summary>
    Nx = 1,

    /// <summary>Only with one.</summary>
    Xx = 2,

    /// <summary>Only to a later one.</summary>
    Gt = 4,

    /// <summary>Only to an earlier one.</summary>
    Lt = 8,
}
