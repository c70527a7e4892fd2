namespace SessionGateway.Commands.Resp.Keys;

/// <summary>TTL key, in seconds.</summary>
internal sealed class TtlCommand() : TimeToLiveCommand(
    new CommandDescriptor("ttl", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Get the time to live for a key in seconds",
        Complexity = "O(1)",
    }, unit: 1000, isAbsolute: false);
