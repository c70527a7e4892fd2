namespace SessionGateway.Commands.Resp.Keys;

/// <summary>PEXPIREAT key unix-milliseconds [NX | XX | GT | LT].</summary>
internal sealed class PExpireAtCommand() : ExpireBaseCommand(
    new CommandDescriptor("pexpireat", -3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "generic",
        Since = "2.6.0",
        Summary = "Set the expiration for a key as a UNIX timestamp specified in milliseconds",
        Complexity = "O(1)",
    }, unit: 1, isAbsolute: true);
