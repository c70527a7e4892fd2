using SessionGateway.Gateway.SessionTool;

namespace SessionGateway.Gateway.Transfer;

/// <summary>A command that moves items.</summary>
/// <param name="Words">Name, operand and options.</param>
/// <param name="Run">Does it; false when something was not taken.</param>
internal sealed record TransferVerb(ToolVerb Words, Func<ToolArguments, bool> Run)
{
    /// <summary>The word on the command line.</summary>
    public string Name => Words.Name;
}
