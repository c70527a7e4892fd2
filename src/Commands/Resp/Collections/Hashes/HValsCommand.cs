namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HVALS key.</summary>
internal sealed class HValsCommand() : HashListCommand(
    new CommandDescriptor("hvals", 2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Hash,
        Tips = ["nondeterministic_output_order"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Get all the values in a hash",
        Complexity = "O(N) where N is the size of the hash.",
    }, ElementHead.Array, ElementForm.Value);
