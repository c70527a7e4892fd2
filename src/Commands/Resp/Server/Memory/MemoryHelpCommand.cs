namespace SessionGateway.Commands.Resp.Server.Memory;

/// <summary>MEMORY HELP.</summary>
internal sealed class MemoryHelpCommand() : RespCommand(
    new CommandDescriptor("memory|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "4.0.0",
        Summary = "Show helpful text about the different subcommands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "MEMORY", Lines);

    private static readonly string[] Lines =
    [
        "DOCTOR",
        "    Return memory problems reports.",
        "MALLOC-STATS",
        "    Return internal statistics report from the memory allocator.",
        "PURGE",
        "    Attempt to purge dirty pages for reclamation by the allocator.",
        "STATS",
        "    Return information about the memory usage of the server.",
        "USAGE <key> [SAMPLES <count>]",
        "    Return memory in bytes used by <key> and its value. Nested values are",
        "    sampled up to <count> times (default: 5, 0 means sample all).",
    ];
}
