namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>Words to verbs.</summary>
internal static class TextVerbs
{
    public static TextVerb Parse(ReadOnlySpan<byte> word) => word switch
    {
        [(byte)'g', (byte)'e', (byte)'t'] => TextVerb.Get,
        [(byte)'s', (byte)'e', (byte)'t'] => TextVerb.Set,
        [(byte)'a', (byte)'d', (byte)'d'] => TextVerb.Add,
        [(byte)'c', (byte)'a', (byte)'s'] => TextVerb.Cas,
        [(byte)'g', (byte)'a', (byte)'t'] => TextVerb.Gat,
        [(byte)'g', (byte)'e', (byte)'t', (byte)'s'] => TextVerb.Gets,
        [(byte)'g', (byte)'a', (byte)'t', (byte)'s'] => TextVerb.Gats,
        [(byte)'i', (byte)'n', (byte)'c', (byte)'r'] => TextVerb.Incr,
        [(byte)'d', (byte)'e', (byte)'c', (byte)'r'] => TextVerb.Decr,
        [(byte)'q', (byte)'u', (byte)'i', (byte)'t'] => TextVerb.Quit,
        [(byte)'t', (byte)'o', (byte)'u', (byte)'c', (byte)'h'] => TextVerb.Touch,
        [(byte)'s', (byte)'t', (byte)'a', (byte)'t', (byte)'s'] => TextVerb.Stats,
        [(byte)'m', (byte)'s'] => TextVerb.MetaSet,
        _ => ParseLong(word),
    };

    private static TextVerb ParseLong(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("delete"u8) ? TextVerb.Delete
        : word.SequenceEqual("append"u8) ? TextVerb.Append
        : word.SequenceEqual("prepend"u8) ? TextVerb.Prepend
        : word.SequenceEqual("replace"u8) ? TextVerb.Replace
        : word.SequenceEqual("version"u8) ? TextVerb.Version
        : word.SequenceEqual("flush_all"u8) ? TextVerb.FlushAll
        : word.SequenceEqual("verbosity"u8) ? TextVerb.Verbosity
        : word.SequenceEqual("lru_crawler"u8) ? TextVerb.LruCrawler
        : word.SequenceEqual("shutdown"u8) ? TextVerb.Shutdown
        : TextVerb.Unknown;
}
