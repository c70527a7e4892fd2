namespace SessionGateway.Commands.Resp.Server;

/// <summary>A parameter that CONFIG SET changes while the process runs.</summary>
/// <param name="Name">Name in lower case.</param>
/// <param name="Show">Its value as CONFIG GET prints it.</param>
/// <param name="Refusal">Why a value cannot be, or null.</param>
/// <param name="Apply">Sets it to a value that can be.</param>
internal sealed record RuntimeSetting(
    string Name,
    Func<CommandServices, string> Show,
    Func<string, string?> Refusal,
    Action<CommandServices, string> Apply);
