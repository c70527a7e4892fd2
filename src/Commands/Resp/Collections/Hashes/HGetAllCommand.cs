namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HGETALL key.</summary>
internal sealed class HGetAllCommand() : HashListCommand(
    new CommandDescriptor("hgetall", 2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Hash,
        Tips = ["nondeterministic_output_order"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Get all the fields and values in a hash",
        Complexity = "O(N) where N is the size of the hash.",
    }, ElementHead.Map, ElementForm.FieldAndValue);
