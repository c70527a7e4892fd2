namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>How members that go are answered.</summary>
internal enum PopHead
{
    /// <summary>Members and scores, one after the other.</summary>
    Flat,

    /// <summary>Each member with its score.</summary>
    Nested,

    /// <summary>The key, then as <see cref="Flat"/>.</summary>
    Key,

    /// <summary>The key, then as <see cref="Nested"/>.</summary>
    KeyAndNested,
}
