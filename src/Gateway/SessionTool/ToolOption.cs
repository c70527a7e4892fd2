namespace SessionGateway.Gateway.SessionTool;

/// <summary>An option of a session command.</summary>
/// <param name="Name">The name with its dashes.</param>
/// <param name="Value">What follows it in the help; null for a switch.</param>
/// <param name="Summary">One sentence for the help.</param>
internal sealed record ToolOption(string Name, string? Value, string Summary);
