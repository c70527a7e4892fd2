namespace SessionGateway.Commands.Resp.Keys;

/// <summary>EXPIRETIME key, in Unix seconds.</summary>
internal sealed class ExpireTimeCommand() : TimeToLiveCommand(
    new CommandDescriptor("expiretime", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "generic",
        Since = "7.0.0",
        Summary = "Get the expiration Unix timestamp for a key",
        Complexity = "O(1)",
    }, unit: 1000, isAbsolute: true);
