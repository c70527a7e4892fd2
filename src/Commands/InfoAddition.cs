namespace SessionGateway.Commands;

/// <summary>Lines that a part of the gateway adds to INFO, and to memcached's stats, which no protocol knows
/// of.</summary>
/// <param name="Section">The section behind whose lines they come; one that Redis has not comes after all
/// others.</param>
/// <param name="Write">Writes them; on any loop.</param>
/// <param name="IsInStats">They are lines of <c>stats</c>, too, behind all others.</param>
public sealed record InfoAddition(string Section, Action<IInfoLines> Write, bool IsInStats = false);
