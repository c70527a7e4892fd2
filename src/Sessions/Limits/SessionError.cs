namespace SessionGateway.Sessions;

/// <summary>The outcome of decoding or encoding: what went wrong and where.</summary>
/// <param name="Code">The kind of error; <see cref="SessionErrorCode.None"/> is success.</param>
/// <param name="Offset">Decoding: the offset in the input of the byte that could not be accepted. Encoding: bytes
/// written so far.</param>
/// <param name="Detail">What was expected or met, never a value of the session; null where the code says it
/// all.</param>
public readonly record struct SessionError(SessionErrorCode Code, long Offset, string? Detail = null)
{
    /// <summary>Whether there is no error.</summary>
    public bool IsNone => Code == SessionErrorCode.None;

    /// <summary>Whether the session is sound but beyond one of the <see cref="SessionLimits"/>; the detail names
    /// it.</summary>
    public bool IsLimit =>
        Code is SessionErrorCode.TooDeep or SessionErrorCode.TooManyNodes or SessionErrorCode.NameTooLong
            or SessionErrorCode.TooLarge or SessionErrorCode.Expansion;

    /// <summary>The error with the limit named, where it is one of a limit and says nothing yet.</summary>
    internal SessionError Naming(SessionLimits limits) =>
        Detail is null && IsLimit ? this with { Detail = limits.Describe(Code) } : this;

    /// <inheritdoc/>
    public override string ToString() =>
        IsNone ? "no error" : $"{Code} at byte {Offset}{(Detail is null ? "" : ": " + Detail)}";
}
