namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HEXPIRE key seconds [NX | XX | GT | LT] FIELDS count field [field ...].</summary>
internal sealed class HExpireCommand() : FieldExpireCommand(
    new CommandDescriptor("hexpire", -6, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "hash",
        Since = "7.4.0",
        Summary = "Set expiry for hash field using relative time to expire (seconds)",
        Complexity = "O(N) where N is the number of specified fields",
    }, unit: 1000, isRelative: true);
