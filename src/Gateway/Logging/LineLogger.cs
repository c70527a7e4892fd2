using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>One category: <c>2026-01-31T10:20:30.123Z warn transport[2003] text</c>, exceptions indented below
/// it.</summary>
internal sealed class LineLogger(LineLoggerProvider target, TimeProvider time, string category) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        target.Write(Line(logLevel, eventId.Id, formatter(state, exception), exception));

    private string Line(LogLevel level, int id, string message, Exception? exception)
    {
        var line = new StringBuilder();
        line.Append(time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        line.Append(' ').Append(Name(level)).Append(' ').Append(category).Append('[').Append(id).Append("] ");
        AppendSafe(line, message);
        line.Append('\n');
        if (exception is not null)
        {
            foreach (string part in exception.ToString().Split('\n'))
            {
                AppendSafe(line.Append("    "), part);
                line.Append('\n');
            }
        }

        return line.ToString();
    }

    // A message can hold what a peer sent: control characters must not forge lines or drive terminals.
    private static void AppendSafe(StringBuilder line, string text)
    {
        foreach (char c in text)
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
