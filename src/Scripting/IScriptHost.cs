using SessionGateway.Protocols.Resp;

namespace SessionGateway.Scripting;

/// <summary>What a script reaches outside of Lua. Called on the thread that runs it; may throw, which ends the
/// script.</summary>
public interface IScriptHost
{
    /// <summary>Executes a command of the script.</summary>
    /// <returns>Its reply, or the error of what may not be called; valid until the next call. Empty: the script is
    /// taken away here, and the call is made again when it goes on.</returns>
    ReadOnlySpan<byte> Call(in RespRequest request);

    /// <summary>What the latest call was worth, in microseconds, when it was more than most.</summary>
    int Work { get; }

    /// <summary>True when there is a command of that name (<c>redis.acl_check_cmd</c>).</summary>
    bool Knows(ReadOnlySpan<byte> command);

    /// <summary>The version in which commands answer the script: 2 or 3.</summary>
    int Version { get; set; }

    /// <summary>Seconds that the processor has worked (<c>os.clock</c>).</summary>
    double Clock { get; }

    /// <summary>A line for the log; levels from 0 (debug) to 3 (warning).</summary>
    void Log(int level, string text);
}
