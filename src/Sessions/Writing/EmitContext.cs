namespace SessionGateway.Sessions.Writing;

/// <summary>What an emitter works on.</summary>
/// <param name="Tree">The tree to write.</param>
/// <param name="Output">Where to write.</param>
/// <param name="Options">The caller's options.</param>
/// <param name="Omitted">Variables to leave out (their nodes), found by an earlier attempt; null where there are
/// none.</param>
internal sealed record EmitContext(SessionTree Tree, OutBuffer Output, SessionEncodeOptions Options,
    HashSet<int>? Omitted)
{
    /// <summary>Number of children that will be written for a holder.</summary>
    public int CountOf(int holder, bool isRoot) =>
        Tree.Nodes[holder].Count - (isRoot && Omitted is not null ? Omitted.Count : 0);
}
