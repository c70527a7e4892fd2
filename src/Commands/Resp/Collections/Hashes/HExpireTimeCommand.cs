namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HEXPIRETIME key FIELDS count field [field ...].</summary>
internal sealed class HExpireTimeCommand() : FieldTimeCommand(
    new CommandDescriptor("hexpiretime", -5, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "7.4.0",
        Summary = "Returns the expiration time of a hash field as a Unix timestamp, in seconds.",
        Complexity = "O(N) where N is the number of specified fields",
    }, unit: 1000, isRelative: false);
