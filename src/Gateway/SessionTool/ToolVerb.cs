namespace SessionGateway.Gateway.SessionTool;

/// <summary>A session command: <c>gateway session NAME</c>.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Operand">What it works on, as in the help.</param>
/// <param name="Summary">One sentence for the help.</param>
/// <param name="Options">Its options; <c>--help</c> comes on top.</param>
/// <param name="Run">Does it.</param>
internal sealed record ToolVerb(
    string Name, string Operand, string Summary, IReadOnlyList<ToolOption> Options, Action<ToolArguments> Run);
