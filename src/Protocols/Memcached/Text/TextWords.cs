namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>Words that mean the same behind every verb.</summary>
public static class TextWords
{
    /// <summary>noreply.</summary>
    public static bool IsNoReply(ReadOnlySpan<byte> word) => word.SequenceEqual("noreply"u8);

    /// <summary>noreply is the last of the words.</summary>
    public static bool EndsWithNoReply(in TextTokens words)
    {
        ReadOnlySpan<byte> rest = words.Rest.TrimEnd((byte)' ');
        return IsNoReply(rest[(rest.LastIndexOf((byte)' ') + 1)..]);
    }
}
