namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>Hides what two correct servers may answer differently.</summary>
/// <param name="Name">As written after "%" in a .wire file.</param>
/// <param name="Why">Why the difference is right.</param>
/// <param name="Apply">Changes the printed lines of one reply.</param>
internal sealed record Normaliser(string Name, string Why, Func<List<string>, List<string>> Apply);
