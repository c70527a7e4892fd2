namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>A named sequence of writes and replies that starts on an empty server.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Steps">In order.</param>
internal sealed record Conversation(string Title, IReadOnlyList<Step> Steps)
{
    /// <summary>
    /// The real server's answer depends on how many bytes one read brings it, so the bytes must not be cut up.
    /// </summary>
    public bool OnePiece { get; init; }

    /// <summary>Comment lines, kept under the title when the file is recorded again.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}
