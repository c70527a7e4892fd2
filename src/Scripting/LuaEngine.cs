using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Scripting.Libraries;
using SessionGateway.Scripting.Native;
using SessionGateway.Scripting.Syntax;

namespace SessionGateway.Scripting;

/// <summary>
/// Runs Redis' scripts, which are Lua 5.1, on Lua 5.4: one at a time, in steps, with memory of its own. What one
/// script leaves behind no other sees: globals are read-only. One thread at a time uses it; whoever makes one disposes
/// it.
/// </summary>
public sealed class LuaEngine : IDisposable
{
    private const string ChunkTitle = "user_script";

    // Nobody reads more, and it is copied several times.
    private const int MostErrorBytes = 64 * 1024;

    private static readonly string Prelude = ReadPrelude();

    private readonly LuaState _state;
    private readonly RedisLibrary _redis = new();
    private readonly HostLibrary _host = new();
    private readonly JsonLibrary _json = new();
    private readonly Dictionary<int, LuaOperands> _operands = [];
    private readonly int _driver;
    private readonly int _globals;
    private readonly int _scope;
    private readonly int _text;
    private readonly int _number;
    private readonly int _whereIsIt;

    /// <summary>Makes an engine.</summary>
    /// <param name="memoryLimit">Most bytes that its scripts may use.</param>
    /// <param name="version">The version that scripts see, such as 7.0.15.</param>
    /// <param name="seed">Where <c>math.random</c> begins.</param>
    /// <param name="time">Tells how often to look.</param>
    /// <param name="ownTime">Processor time of the thread that asks (<see cref="ThreadTime"/>): tells when a step is
    /// over.</param>
    public LuaEngine(long memoryLimit, string version, int seed, TimeProvider time, TimeProvider ownTime)
    {
        _state = new LuaState(memoryLimit, time, ownTime);
        try
        {
            LuaFrame frame = _state.Main;
            PushPrelude(frame);
            PushHost(frame, version, seed);
            _state.PushLibrary("luaopen_base");
            foreach (string library in new[] { "coroutine", "math", "string", "table", "debug" })
            {
                _state.PushLibrary($"luaopen_{library}");
            }

            if (!_state.TryCall(7, 6))
            {
                throw new InvalidOperationException(Encoding.Latin1.GetString(frame.Bytes(-1)));
            }

            _whereIsIt = _state.Keep();
            _number = _state.Keep();
            _text = _state.Keep();
            _scope = _state.Keep();
            _globals = _state.Keep();
            _driver = _state.Keep();
        }
        catch
        {
            _state.Dispose();
            throw;
        }
    }

    /// <summary>Bytes taken from the system.</summary>
    public long TakenBytes => _state.TakenBytes;

    /// <summary>Bytes that scripts and their garbage use now.</summary>
    public long UsedBytes => _state.UsedBytes;

    /// <summary>The step was over by its time and not by its units.</summary>
    public bool IsOutOfTime => _state.IsOutOfTime;

    /// <summary>The error of a script that failed: its code, its text, where it happened.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Where the error happened, as <c>@user_script:1</c>; empty when it is not known.</summary>
    public string ErrorPlace { get; private set; } = "";

    /// <summary>Compiles a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="function">What <see cref="Begin"/> takes.</param>
    /// <param name="error">The message of the compiler.</param>
    public bool TryCompile(ReadOnlySpan<byte> text, out int function, out string error)
    {
        function = 0;
        if (!Lua51Translator.TryTranslate(Encoding.Latin1.GetString(text), ChunkTitle, out string translated,
            out LuaOperands operands))
        {
            error = translated;
            return false;
        }

        LuaFrame frame = _state.Main;
        if (!_state.TryLoad(Encoding.Latin1.GetBytes(translated), $"@{ChunkTitle}"))
        {
            error = Encoding.Latin1.GetString(frame.Bytes(-1));
            frame.Pop();
            return false;
        }

        _state.PushKept(frame, _scope);
        _state.SetGlobals(-2);
        _state.PushKept(frame, _text);
        _state.PushKept(frame, _number);
        if (!_state.TryCall(2, 1))
        {
            error = Encoding.Latin1.GetString(frame.Bytes(-1));
            frame.Pop();
            return false;
        }

        error = "";
        function = _state.Keep();
        _operands[function] = operands;
        return true;
    }

    /// <summary>Forgets a compiled text.</summary>
    public void Forget(int function)
    {
        _state.Drop(function);
        _operands.Remove(function);
    }

    /// <summary>Begins a run; <see cref="Continue"/> executes it.</summary>
    /// <param name="function">What <see cref="TryCompile"/> gave.</param>
    /// <param name="request">The request with keys and arguments.</param>
    /// <param name="firstKey">Place of the first key.</param>
    /// <param name="keyCount">Number of keys; what stands behind them are arguments.</param>
    /// <param name="host">What the script reaches.</param>
    public void Begin(int function, in RespRequest request, int firstKey, int keyCount, IScriptHost host)
    {
        _redis.Host = host;
        _json.Restart();
        _host.Operands = _operands.GetValueOrDefault(function);
        LuaFrame frame = _state.Thread;
        _state.ResetThread();
        _state.PushKept(frame, _globals);
        SetList(frame, "KEYS"u8, request, firstKey, keyCount);
        SetList(frame, "ARGV"u8, request, firstKey + keyCount, request.Count - firstKey - keyCount);
        frame.SetCount(0);
        _state.PushKept(frame, _driver);
        _state.PushKept(frame, function);
    }

    /// <summary>Executes a step.</summary>
    /// <param name="steps">Units of about ten microseconds after which it stops.</param>
    /// <param name="most">Processor time after which it stops in any case.</param>
    /// <param name="isFirst">True for the first step of a run.</param>
    /// <exception cref="Exception">What the host threw. The engine is used up.</exception>
    public ScriptProgress Continue(int steps, StepTime most, bool isFirst)
    {
        _state.Budget = (long)steps * LuaState.InstructionsPerUnit;
        bool isComplete = _state.Resume(isFirst ? 1 : 0, most);
        if (_state.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (_state.IsOverdrawn || _state.IsTooDeep)
        {
            Exhaust(_state.IsOverdrawn ? "not enough memory" : "stack overflow");
            return ScriptProgress.Exhausted;
        }

        if (!isComplete)
        {
            return ScriptProgress.Running;
        }

        LuaFrame frame = _state.Thread;
        if (frame.Truth(1))
        {
            return ScriptProgress.Finished;
        }

        ReadError(frame);
        frame.SetCount(0);
        return ScriptProgress.Failed;
    }

    /// <summary>Writes the value that a script returned. Once for each run that is finished.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="version">Version of the peer.</param>
    /// <returns>False when it is too large: what was written then is no reply.</returns>
    public bool TryWriteResult(OutputBuffer output, int version)
    {
        LuaFrame frame = _state.Thread;
        frame.SetCount(2);
        bool isWhole = new LuaToReply(frame, output, version, _redis.Host.Version).TryWrite();
        frame.SetCount(0);
        return isWhole;
    }

    /// <summary>Where a script is that has not ended, as <c>@user_script:1</c>; empty when it is not known.</summary>
    public string WhereIsIt()
    {
        LuaFrame frame = _state.Main;
        _state.PushKept(frame, _whereIsIt);
        _state.PushThread();
        string place = _state.TryCall(1, 1) && frame.TypeOf(-1) == LuaType.String ? Encoding.Latin1.GetString(
            frame.Bytes(-1)) : "";
        frame.Pop();
        return place;
    }

    /// <summary>Gives all memory back.</summary>
    public void Dispose() => _state.Dispose();

    private static void SetList(in LuaFrame frame, ReadOnlySpan<byte> name, in RespRequest request, int first,
        int count)
    {
        frame.Push(name);
        frame.PushTable(count);
        for (int i = 0; i < count; i++)
        {
            frame.Push(request[first + i]);
            frame.Set(-2, i + 1);
        }

        frame.Set(-3);
    }

    private void Exhaust(string what)
    {
        ErrorPlace = WhereIsIt();
        Error = ErrorPlace.Length == 0 ? $"ERR {what}" : $"ERR {ErrorPlace[1..]}: {what}";
    }

    private static string ErrorText(in LuaFrame frame, int index)
    {
        ReadOnlySpan<byte> text = frame.Bytes(index);
        return Encoding.Latin1.GetString(text[..Math.Min(text.Length, MostErrorBytes)]);
    }

    private void ReadError(in LuaFrame frame)
    {
        ErrorPlace = "";
        if (frame.TypeOf(2) != LuaType.Table)
        {
            Error = frame.TypeOf(2) == LuaType.String ? $"ERR {ErrorText(frame, 2)}"
                : "ERR execution failure";
            return;
        }

        Error = frame.Field(2, "err"u8) == LuaType.String ? ErrorText(frame, -1) : "(null)";
        if (frame.Field(2, "source"u8) == LuaType.String)
        {
            string source = Encoding.Latin1.GetString(frame.Bytes(-1));
            if (frame.Field(2, "line"u8) is LuaType.Number or LuaType.String && frame.TryText(-1,
                out ReadOnlySpan<byte> line))
            {
                ErrorPlace = $"{source}:{Encoding.Latin1.GetString(line)}";
            }
        }
    }

    private void PushPrelude(in LuaFrame frame)
    {
        if (!_state.TryLoad(Encoding.Latin1.GetBytes(Prelude), "=prelude"))
        {
            throw new InvalidOperationException(Encoding.Latin1.GetString(frame.Bytes(-1)));
        }

        // Globals of the prelude: none.
        frame.PushTable();
        _state.SetGlobals(-2);
    }

    private void PushHost(in LuaFrame frame, string version, int seed)
    {
        ILuaLibrary[] libraries =
        [
            _host, _redis, new MathLibrary(seed), new StringLibrary(), new PatternLibrary(), new FormatLibrary(),
                new BitLibrary(),
            _json, new MessagePackLibrary(), new StructLibrary(),
        ];
        frame.PushTable();
        foreach (ILuaLibrary library in libraries)
        {
            foreach ((string name, LuaFunction function) in library.Functions)
            {
                frame.Push(library.Name is null ? name : $"{library.Name}.{name}");
                _state.PushFunction(function);
                frame.Set(-3);
            }
        }

        frame.Push("libraries"u8);
        frame.PushTable();
        foreach (ILuaLibrary library in libraries.Where(l => l.Name is not null))
        {
            frame.Push(library.Name!);
            frame.PushTable();
            int number = 0;
            foreach ((string name, LuaFunction _) in library.Functions)
            {
                frame.Push(name);
                frame.Set(-2, ++number);
            }

            frame.Set(-3);
        }

        frame.Set(-3);
        frame.Push("constants"u8);
        frame.PushTable();
        foreach (ILuaLibrary library in libraries.Where(l => l.Name is not null))
        {
            frame.Push(library.Name!);
            library.PushConstants(frame);
            frame.Set(-3);
        }

        frame.Set(-3);
        frame.Push("FAIL"u8);
        frame.PushLight(LuaState.FailMark);
        frame.Set(-3);
        frame.Push("MORE"u8);
        frame.PushLight(LuaState.MoreMark);
        frame.Set(-3);
        frame.Push("VERSION"u8);
        frame.Push(version);
        frame.Set(-3);
        frame.Push("VERSION_NUM"u8);
        var parsed = Version.Parse(version);
        frame.Push((parsed.Major << 16) + (parsed.Minor << 8) + parsed.Build);
        frame.Set(-3);
    }

    private static string ReadPrelude()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("prelude.lua")!;
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
