namespace SessionGateway.Commands.Resp.Keys;

/// <summary>PTTL key, in milliseconds.</summary>
internal sealed class PTtlCommand() : TimeToLiveCommand(
    new CommandDescriptor("pttl", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "generic",
        Since = "2.6.0",
        Summary = "Get the time to live for a key in milliseconds",
        Complexity = "O(1)",
    }, unit: 1, isAbsolute: false);
