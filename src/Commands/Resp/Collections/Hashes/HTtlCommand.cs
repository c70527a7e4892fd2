namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HTTL key FIELDS count field [field ...].</summary>
internal sealed class HTtlCommand() : FieldTimeCommand(
    new CommandDescriptor("httl", -5, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "7.4.0",
        Summary = "Returns the TTL in seconds of a hash field.",
        Complexity = "O(N) where N is the number of specified fields",
    }, unit: 1000, isRelative: true);
