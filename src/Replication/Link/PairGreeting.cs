namespace SessionGateway.Replication.Link;

/// <summary>How a node of a pair introduces itself to the other one, which it wants to follow.</summary>
/// <param name="Words">What it says of itself (REPLCONF pair).</param>
/// <param name="WhyNot">Whether it follows who answers with a config epoch and the name of a pair; null: it
/// does.</param>
public sealed record PairGreeting(string Words, Func<long, string, string?> WhyNot);
