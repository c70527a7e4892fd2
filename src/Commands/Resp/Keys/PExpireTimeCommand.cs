namespace SessionGateway.Commands.Resp.Keys;

/// <summary>PEXPIRETIME key, in Unix milliseconds.</summary>
internal sealed class PExpireTimeCommand() : TimeToLiveCommand(
    new CommandDescriptor("pexpiretime", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "generic",
        Since = "7.0.0",
        Summary = "Get the expiration Unix timestamp for a key in milliseconds",
        Complexity = "O(1)",
    }, unit: 1, isAbsolute: true);
