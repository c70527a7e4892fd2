namespace SessionGateway.Commands.Resp.Keys;

/// <summary>PEXPIRE key milliseconds [NX | XX | GT | LT].</summary>
internal sealed class PExpireCommand() : ExpireBaseCommand(
    new CommandDescriptor("pexpire", -3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "generic",
        Since = "2.6.0",
        Summary = "Set a key's time to live in milliseconds",
        Complexity = "O(1)",
    }, unit: 1, isAbsolute: false);
