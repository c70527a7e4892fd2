namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HPEXPIRETIME key FIELDS count field [field ...].</summary>
internal sealed class HPExpireTimeCommand() : FieldTimeCommand(
    new CommandDescriptor("hpexpiretime", -5, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "7.4.0",
        Summary = "Returns the expiration time of a hash field as a Unix timestamp, in msec.",
        Complexity = "O(N) where N is the number of specified fields",
    }, unit: 1, isRelative: false);
