namespace SessionGateway.HouseTests.Examples;

/// <summary>A type that <see cref="Seeing"/> uses only as an argument of a generic type.</summary>
internal sealed class SeenField;
