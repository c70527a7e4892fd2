using SessionGateway.Gateway.SessionTool.Commands;

namespace SessionGateway.Gateway.SessionTool;

/// <summary>All session commands and their options.</summary>
internal static class ToolVerbs
{
    /// <summary>Where a value is read as.</summary>
    public static readonly ToolOption Format = new("--format", "FORMAT",
        "Reads the bytes as this; otherwise it is detected.");

    /// <summary>Values are shown.</summary>
    public static readonly ToolOption Reveal = new("--reveal", null,
        "Shows the values; otherwise only their types and lengths.");

    /// <summary>JSON instead of lines.</summary>
    public static readonly ToolOption Json = new("--json", null, "Prints one line of JSON.");

    /// <summary>phpredis' compression.</summary>
    public static readonly ToolOption Compression = new("--compression", "NAME",
        "Undoes phpredis' compression first: lzf or lz4. (lz4 is also detected; php-memcached and pecl-memcache say it "
            + "in flags.)");

    /// <summary>The server to ask.</summary>
    public static readonly ToolOption Endpoint = new("--endpoint", "ADDRESS",
        "The server: HOST:PORT or unix:PATH, with /memcached or /resp where only that is spoken. Default "
            + "127.0.0.1:11211.");

    /// <summary>The database of the key.</summary>
    public static readonly ToolOption Database = new("--db", "N", "The database, by RESP; 0 is memcached's.");

    /// <summary>The login.</summary>
    public static readonly ToolOption Auth = new("--auth", "[USER:]PASSWORD",
        "The login; the environment hides it from process lists, as GATEWAY_AUTH or GATEWAY_AUTH__0.");

    /// <summary>The format read.</summary>
    public static readonly ToolOption From = new("--from", "FORMAT", "The format of the input.");

    /// <summary>The format written.</summary>
    public static readonly ToolOption To = new("--to", "FORMAT", "The format of the output.");

    /// <summary>The commands, in the order of the help.</summary>
    public static IReadOnlyList<ToolVerb> All { get; } =
    [
        new("show", "KEY", "Shows a session of a running gateway (or memcached, or Redis).",
            [Endpoint, Format, Reveal, Json, Database, Auth, Compression], ShowCommand.Run),
        new("fetch", "KEY", "Writes the bytes of a session of a running gateway to stdout, for decode and recode.",
            [Endpoint, Database, Auth, Compression], FetchCommand.Run),
        new("decode", "FILE|-", "Shows a session in a file or from stdin.", [Format, Reveal, Json, Compression],
            DecodeCommand.Run),
        new("recode", "FILE|-", "Writes a session in another format to stdout: bytes in, bytes out.", [From, To],
            RecodeCommand.Run),
    ];
}
