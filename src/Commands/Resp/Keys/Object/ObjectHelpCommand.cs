namespace SessionGateway.Commands.Resp.Keys.Object;

/// <summary>OBJECT HELP.</summary>
internal sealed class ObjectHelpCommand() : RespCommand(
    new CommandDescriptor("object|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Keyspace,
        Group = "generic",
        Since = "6.2.0",
        Summary = "Show helpful text about the different subcommands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "OBJECT", Lines);

    private static readonly string[] Lines =
    [
        "ENCODING <key>",
        "    Return the kind of internal representation used in order to store the value",
        "    associated with a <key>.",
        "FREQ <key>",
        "    Return the access frequency index of the <key>. The returned integer is",
        "    proportional to the logarithm of the recent access frequency of the key.",
        "IDLETIME <key>",
        "    Return the idle time of the <key>, that is the approximated number of",
        "    seconds elapsed since the last access to the key.",
        "REFCOUNT <key>",
        "    Return the number of references of the value associated with the specified",
        "    <key>.",
    ];
}
