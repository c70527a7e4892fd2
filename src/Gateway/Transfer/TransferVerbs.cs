using SessionGateway.Gateway.SessionTool;

namespace SessionGateway.Gateway.Transfer;

/// <summary>The commands that move items, and their options.</summary>
internal static class TransferVerbs
{
    /// <summary>A server to take from.</summary>
    public static readonly ToolOption From = new("--from", "URL",
        "Takes from a running server instead of a file: redis://[USER:PASSWORD@]HOST:PORT[/DATABASE] or "
            + "memcached://HOST:PORT; USER and PASSWORD percent-encoded (/ as %2F, @ as %40). "
            + "Without DATABASE all of them are taken.");

    /// <summary>What is there already is replaced.</summary>
    public static readonly ToolOption Replace = new("--replace", null,
        "Replaces keys that the gateway has already; otherwise they stay and are reported.");

    /// <summary>Nothing is written.</summary>
    public static readonly ToolOption DryRun = new("--dry-run", null,
        "Reads everything and reports what could not be taken, but writes nothing to the gateway. When there is one at "
            + "--endpoint it is asked how long a string may be.");

    /// <summary>Where the report goes.</summary>
    public static readonly ToolOption Report = new("--report", "FILE",
        "Writes a line for each key that was not taken to this file instead of stdout: database, key, reason, with "
            + "tabs between them.");

    /// <summary>The version of a file.</summary>
    public static readonly ToolOption Version = new("--rdb-version", "N",
        "Version of the file: 9 for Redis 5 and later, 10 for Redis 7.0 and later (default), 12 for Redis 7.4 and "
            + "later, which alone holds fields with expiries.");

    /// <summary>The commands.</summary>
    public static IReadOnlyList<TransferVerb> All { get; } =
    [
        new(new ToolVerb("import", "[DUMP.RDB|-]",
            "Takes the keys of a Redis dump file (- is stdin), of a running Redis or of a running memcached into a "
                + "running gateway. Exits with 1 when something was not taken.",
            [From, ToolVerbs.Endpoint, ToolVerbs.Auth, Replace, DryRun, Report], _ => { }), ImportCommand.Run),
        new(new ToolVerb("export", "DUMP.RDB",
            "Writes the keys of a running gateway to a file that Redis starts with. Exits with 1 when something was "
                + "left out.",
            [ToolVerbs.Endpoint, ToolVerbs.Auth, Version, Report], _ => { }), ExportCommand.Run),
    ];
}
