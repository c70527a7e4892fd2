namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>RENAMENX key newkey: 1, or 0 when the new key exists.</summary>
internal sealed class RenameNxCommand() : RenameBaseCommand(
    new CommandDescriptor("renamenx", 3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1),
            new KeySpec(KeyAccess.OW | KeyAccess.Insert, 2),
        ],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Rename a key, only if the new key does not exist",
        Complexity = "O(1)",
    }, isOnlyIfAbsent: true);
