namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>One write of a conversation and the reply that was recorded for it.</summary>
/// <param name="Connection">Name of the connection it is sent on; a new name opens a new connection.</param>
/// <param name="Sends">The lines with their marks: "> " a request in the dialect's words, ">>" literal bytes.</param>
internal sealed record Step(string Connection, IReadOnlyList<string> Sends)
{
    /// <summary>The last request is not complete: wait for silence instead of the sentinel's answer.</summary>
    public bool Open { get; init; }

    /// <summary>End the sending side (FIN) after the bytes.</summary>
    public bool HalfClose { get; init; }

    /// <summary>
    /// The request may wait for others: goes on as soon as the server counts a waiting client more, or has answered.
    /// What it answers belongs to the reply of the next step of this connection.
    /// </summary>
    public bool Parks { get; init; }

    /// <summary>Gives those who wait the time to be woken by what was sent.</summary>
    public bool Settles { get; init; }

    /// <summary>Pause before sending.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Names of <see cref="Normalisers"/> to apply to the reply.</summary>
    public IReadOnlyList<string> Normalise { get; init; } = [];

    /// <summary>The reply as recorded from the real server, printed and normalised.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];
}
