namespace SessionGateway.Commands.Resp.Watching;

/// <summary>What a command has cost that has stopped in its middle.</summary>
/// <param name="Command">The command.</param>
/// <param name="Ticks">Time of its turns so far, in ticks of the clock of commands.</param>
/// <param name="Written">Bytes of its reply so far.</param>
/// <param name="HasFailed">It has answered an error.</param>
internal sealed record CommandCost(RespCommand Command, long Ticks, long Written, bool HasFailed);
