namespace SessionGateway.Commands.Resp.Keys;

/// <summary>EXPIRE key seconds [NX | XX | GT | LT].</summary>
internal sealed class ExpireCommand() : ExpireBaseCommand(
    new CommandDescriptor("expire", -3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Set a key's time to live in seconds",
        Complexity = "O(1)",
    }, unit: 1000, isAbsolute: false);
