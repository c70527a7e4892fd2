namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HKEYS key.</summary>
internal sealed class HKeysCommand() : HashListCommand(
    new CommandDescriptor("hkeys", 2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Hash,
        Tips = ["nondeterministic_output_order"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Get all the fields in a hash",
        Complexity = "O(N) where N is the size of the hash.",
    }, ElementHead.Array, ElementForm.Name);
