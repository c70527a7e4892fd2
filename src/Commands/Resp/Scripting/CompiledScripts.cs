using SessionGateway.Scripting;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>An engine and the scripts that it has compiled.</summary>
internal sealed class CompiledScripts(CommandServices services) : IDisposable
{
    // Scripts of a loop that are in use; more begin anew.
    private const int MaxCompiled = 500;

    private readonly Dictionary<LoadedScript, int> _functions = [];
    private long _countedBytes;

    /// <summary>The engine.</summary>
    public LuaEngine Engine { get; } =
        new(services.Limits.ScriptBytes, services.Resp.RedisVersion, services.Random.Next(), services.Time,
            services.ThreadTime);

    /// <summary>Compiles a script unless that is done.</summary>
    public bool TryCompile(LoadedScript script, out int function, out string error)
    {
        error = "";
        if (_functions.TryGetValue(script, out function))
        {
            return true;
        }

        if (!Engine.TryCompile(script.Code, out function, out error))
        {
            return false;
        }

        if (_functions.Count >= MaxCompiled)
        {
            foreach (int old in _functions.Values)
            {
                Engine.Forget(old);
            }

            _functions.Clear();
        }

        _functions.Add(script, function);
        return true;
    }

    /// <summary>Counts in the memory limit what the engine has taken by now.</summary>
    public void Count() => Count(Engine.TakenBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Dispose();
        Count(0);
    }

    private void Count(long bytes)
    {
        if (bytes != _countedBytes)
        {
            services.Store.CountBuffers(bytes - _countedBytes);
            services.Resp.ScriptRuns.Count(bytes - _countedBytes);
            _countedBytes = bytes;
        }
    }
}
