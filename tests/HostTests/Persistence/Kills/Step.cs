namespace SessionGateway.HostTests.Persistence.Kills;

/// <summary>One request of a client, or a few that are one.</summary>
/// <param name="What">Its name.</param>
/// <param name="After">What the client's keys hold when it has happened.</param>
internal sealed record Step(string What, Held?[] After)
{
    /// <summary>Milliseconds of the test's clock at which it was acknowledged; null: it was not.</summary>
    public long? AcknowledgedAt { get; set; }
}
