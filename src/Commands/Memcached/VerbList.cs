namespace SessionGateway.Commands.Memcached;

/// <summary>The verbs of both memcached protocols, from the tables that execute them.</summary>
public static class VerbList
{
    /// <summary>All of them, those of the text protocol first.</summary>
    public static IReadOnlyList<VerbInfo> All { get; } =
    [
        .. TextTable.All.Concat<IVerb>(BinaryTable.All.Select(row => row.Verb)).Distinct().Select(Describe),
    ];

    private static VerbInfo Describe(IVerb verb)
    {
        VerbDescriptor descriptor = verb.Descriptor;
        bool reads = descriptor.Traits.HasFlag(CommandTraits.Reads);
        bool writes = descriptor.Traits.HasFlag(CommandTraits.Writes);
        return new VerbInfo(
            descriptor.Name,
            verb is ITextVerb,
            [.. BinaryTable.All.Where(row => row.Verb == verb).Select(row => row.Opcode)],
            descriptor.Keys.ToString().ToLowerInvariant(),
            reads && writes ? "reads, writes" : writes ? "writes" : reads ? "reads" : "none",
            descriptor.Traits.HasFlag(CommandTraits.BeforeLogin),
            descriptor.TakesNoReply);
    }
}
