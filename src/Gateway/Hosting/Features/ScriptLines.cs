using SessionGateway.Commands.Resp.Scripting;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>What scripts say with <c>redis.log</c>: so many lines a second, the others are counted.</summary>
internal sealed class ScriptLines(ScriptLog log) : IScriptLog
{
    /// <summary>Lines between two looks. A script in a loop must not fill the disk, nor wait for stderr.</summary>
    public const int MostInSecond = 20;

    private const int Notice = 2;

    private int _lines;
    private long _leftOut;

    /// <inheritdoc/>
    public void Line(int level, string text)
    {
        if (Interlocked.Increment(ref _lines) > MostInSecond)
        {
            Interlocked.Increment(ref _leftOut);
        }
        else if (level < Notice)
        {
            log.Debug(text);
        }
        else if (level == Notice)
        {
            log.Notice(text);
        }
        else
        {
            log.Warning(text);
        }
    }

    /// <inheritdoc/>
    public void Failed(Exception failure) => log.Failed(failure);

    /// <summary>A second is over.</summary>
    public void Look()
    {
        Volatile.Write(ref _lines, 0);
        if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and long count)
        {
            log.LeftOut(count, MostInSecond);
        }
    }
}
