namespace SessionGateway.Sessions.Writing;

/// <summary>What an emitter answers for an entry, unless it is the (positive) node whose children come next.</summary>
internal static class EmitStatus
{
    /// <summary>The entry is written completely.</summary>
    public const int Done = 0;

    /// <summary>The entry cannot be written; the emitter's error says why.</summary>
    public const int Failed = -1;
}
