namespace SessionGateway.Commands;

/// <summary>What is known of the states of one kind.</summary>
/// <param name="IsRunning">One is being written, or begins at once.</param>
/// <param name="IsScheduled">Another one begins when the one that is written is complete.</param>
/// <param name="Completed">How many were completed since the start.</param>
/// <param name="Failures">How many failed since the last that did not.</param>
/// <param name="CurrentSeconds">How long the one that is written has taken so far; -1 for none.</param>
/// <param name="LastSeconds">How long the last one took; -1 for none.</param>
public readonly record struct StateFigures(
    bool IsRunning, bool IsScheduled, long Completed, long Failures, long CurrentSeconds, long LastSeconds);
