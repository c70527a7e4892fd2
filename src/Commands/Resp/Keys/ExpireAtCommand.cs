namespace SessionGateway.Commands.Resp.Keys;

/// <summary>EXPIREAT key unix-seconds [NX | XX | GT | LT].</summary>
internal sealed class ExpireAtCommand() : ExpireBaseCommand(
    new CommandDescriptor("expireat", -3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "generic",
        Since = "1.2.0",
        Summary = "Set the expiration for a key as a UNIX timestamp",
        Complexity = "O(1)",
    }, unit: 1000, isAbsolute: true);
