namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>Words that mean the same behind every verb.</summary>
internal static class TextWords
{
    /// <summary>noreply.</summary>
    public static bool IsNoReply(ReadOnlySpan<byte> word) => word.SequenceEqual("noreply"u8);
}
