namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HPTTL key FIELDS count field [field ...].</summary>
internal sealed class HPTtlCommand() : FieldTimeCommand(
    new CommandDescriptor("hpttl", -5, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "7.4.0",
        Summary = "Returns the TTL in milliseconds of a hash field.",
        Complexity = "O(N) where N is the number of specified fields",
    }, unit: 1, isRelative: true);
