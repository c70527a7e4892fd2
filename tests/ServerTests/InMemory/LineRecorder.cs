using Microsoft.Extensions.Logging;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>Keeps what is logged.</summary>
internal sealed class LineRecorder : ILogger
{
    /// <summary>Level, id and text of every event.</summary>
    public List<(LogLevel Level, int Id, string Text)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Lines.Add((logLevel, eventId.Id, formatter(state, exception)));

    /// <summary>The texts of one event since the last call for it.</summary>
    public string[] Take(int id)
    {
        string[] texts = [.. Lines.Where(l => l.Id == id).Select(l => l.Text)];
        Lines.RemoveAll(l => l.Id == id);
        return texts;
    }
}
