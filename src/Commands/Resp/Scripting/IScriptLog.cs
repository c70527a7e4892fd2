namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>Hears what scripts say with <c>redis.log</c>; from any thread.</summary>
public interface IScriptLog
{
    /// <summary>A line.</summary>
    /// <param name="level">From 0 (debug) to 3 (warning).</param>
    /// <param name="text">The line: bytes as Latin 1.</param>
    void Line(int level, string text);

    /// <summary>A script that runs without a client failed where it must not.</summary>
    void Failed(Exception failure);
}
