namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>First word of a text request.</summary>
public enum TextVerb : byte
{
#pragma warning disable CS1591 // the words of protocol.txt
    Unknown,
    Get,
    Gets,
    Gat,
    Gats,
    Set,
    Add,
    Replace,
    Append,
    Prepend,
    Cas,
    MetaSet,
    Delete,
    Incr,
    Decr,
    Touch,
    FlushAll,
    Version,
    Verbosity,
    Stats,
    LruCrawler,
    Shutdown,
    Quit,
#pragma warning restore CS1591
}
