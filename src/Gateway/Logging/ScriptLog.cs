using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of scripts: ids 6000 to 6099.</summary>
internal sealed partial class ScriptLog(ILogger logger)
{
    [LoggerMessage(6000, LogLevel.Debug, "{Text}")]
    public partial void Debug(string text);

    [LoggerMessage(6001, LogLevel.Information, "{Text}")]
    public partial void Notice(string text);

    [LoggerMessage(6002, LogLevel.Warning, "{Text}")]
    public partial void Warning(string text);

    [LoggerMessage(6003, LogLevel.Warning, "{Count} lines of redis.log left out: more than {Most} in a second")]
    public partial void LeftOut(long count, int most);

    [LoggerMessage(6004, LogLevel.Error, "a script whose client had gone failed")]
    public partial void Failed(Exception failure);
}
