namespace SessionGateway.Sessions.Writing;

/// <summary>What is written, the same limits must read: otherwise a session is stored that nobody can open
/// again.</summary>
internal static class EncodeGuard
{
    // Readers count in their own way: records and boxes of PHP, keys of MessagePack, descriptions of Java classes,
    // levels of JSON's markers. No format makes more than this of one value, one level or one byte of a name; the
    // random sessions of the tests hold it. Anything nearer to a limit is read back.
    private const int PerValue = 16;
    private const int PerLevel = 4;
    private const int PerNameByte = 3;

    // What a format has around the variables, and the longest name that is a number.
    private const int Around = 64;

    /// <summary>Gives the error with which the written bytes would be refused; none where they are readable.</summary>
    public static SessionError Check(
        ISessionFormat format, ReadOnlySpan<byte> written, SessionEncodeOptions options, in EncodeExtent extent)
    {
        SessionLimits limits = options.Limits;
        if (!options.IsReadBack)
        {
            return default;
        }

        if (written.Length > limits.MaxBytes)
        {
            return new SessionError(SessionErrorCode.TooLarge, written.Length,
                limits.Describe(SessionErrorCode.TooLarge));
        }

        bool isFar = extent.Values * (long)PerValue + Around <= limits.MaxNodes
            && extent.Depth * (long)PerLevel < limits.MaxDepth
            && extent.NameBytes * (long)PerNameByte <= limits.MaxNameBytes;
        return isFar || format.TryDecode(written, new SessionTree(), limits, out SessionError error) ? default : error;
    }
}
