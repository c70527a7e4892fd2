namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>RENAME key newkey.</summary>
internal sealed class RenameCommand() : RenameBaseCommand(
    new CommandDescriptor("rename", 3, CommandFlags.Write)
    {
        Categories = AclCategories.Keyspace,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1),
            new KeySpec(KeyAccess.OW | KeyAccess.Update, 2),
        ],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Rename a key",
        Complexity = "O(1)",
    }, isOnlyIfAbsent: false);
