namespace SessionGateway.Gateway.SessionTool.Fetching;

/// <summary>What both protocols have in common.</summary>
internal static class FetchErrors
{
    /// <summary>The user of a login without a name.</summary>
    public const string DefaultUser = "default";

    /// <summary>The server wants a login.</summary>
    public static SessionToolException NeedsLogin => new("the server asks for a login; try --auth");

    /// <summary>The key holds a hash or another collection.</summary>
    public static SessionToolException NoString(FetchTarget target) => new($"'{target.Key}' holds no string");

    /// <summary>The key is not there.</summary>
    public static SessionToolException NotFound(FetchTarget target) =>
        new($"key '{target.Key}' not found at "
            + $"{target.Address.Place}{(target.Database == 0 ? "" : $", database {target.Database}")}");
}
