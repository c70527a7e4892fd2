using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Scripting.Native;

/// <summary>
/// A state of Lua 5.4 with memory of its own. Code runs as a coroutine that is taken away after a number of
/// instructions and resumed later, or never: then nothing that it does can catch it. One thread at a time uses it.
/// </summary>
internal sealed unsafe class LuaState : IDisposable
{
    /// <summary>Instructions of a unit of the budget, about ten microseconds.</summary>
    public const int InstructionsPerUnit = 1000;

    private const int InstructionsPerMicrosecond = InstructionsPerUnit / 10;

    // Between two looks at budget and clock. Instructions are of very different weight: a sum takes nanoseconds, a
    // concatenation of megabytes or a call with thousands of arguments a tenth of a millisecond. So looks begin close
    // to each other and go on as far apart as a tenth of a millisecond allows.
    private const int LeastPerLook = 10;
    private const int FirstPerLook = 100;
    private const int MostPerLook = 1000;
    private const int LooksPerSecond = 10_000;

    // A part of a step's time passes before the processor's time is asked for: what is quick does not need it.
    private const int PartsUnasked = 5;

    // LUAI_MAXCALLS of Lua 5.1. Lua 5.4 allows a million values, which take longer to move than a step may last.
    private const int MaxCalls = 20_000;

    // A walk down a deep stack takes some ten microseconds.
    private const int LooksPerDepthCheck = 16;

    // sizeof(lua_Debug) is below.
    private const int ActivationBytes = 256;

    // Result marks: addresses that no value of a script can have.
    private static readonly nint Marks = (nint)NativeMemory.AllocZeroed(16);

    private readonly LuaHeap _heap;
    private readonly GCHandle _self;
    private readonly List<LuaFunction> _functions = [];
    private readonly nint _main;
    private readonly TimeProvider _time;
    private readonly TimeProvider _ownTime;
    private readonly nint _thread;
    private readonly int _threadKept;
    private bool _isDisposed;
    private long _lastLook;
    private int _perLook;
    private StepTime _most;
    private long _budgetAtStart;
    private long _nextOwnLook;
    private long _ownStart;
    private int _looks;

    /// <summary>Makes a state.</summary>
    /// <param name="limit">Most bytes that Lua may use.</param>
    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    /// <param name="time">Tells when it is worth asking the other.</param>
    /// <param name="ownTime">Processor time of the thread that asks: tells when a step is over.</param>
    public LuaState(long limit, TimeProvider time, TimeProvider ownTime)
    {
        _time = time;
        _ownTime = ownTime;
        _heap = new LuaHeap(limit);
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
        _main = LuaNative.NewState(&LuaHeap.Allocate, _heap.Data);
        if (_main == 0)
        {
            Dispose();
            throw new OutOfMemoryException("No memory for a Lua state.");
        }

        // Copied to each coroutine (lua_getextraspace).
        *((nint*)_main - 1) = GCHandle.ToIntPtr(_self);
        _thread = LuaNative.NewThread(_main);
        _threadKept = LuaNative.Reference(_main, LuaNative.Registry);
    }

    /// <summary>Whoever made it has to dispose it.</summary>
    ~LuaState() => LostOwner.Report(nameof(LuaState));

    /// <summary>First result of a function that failed; the second is the message.</summary>
    public static nint FailMark => Marks;

    /// <summary>First result of a function that has more to do.</summary>
    public static nint MoreMark => Marks + 8;

    /// <summary>The stack of the host.</summary>
    public LuaFrame Main => new(this, _main);

    /// <summary>The stack of the code that runs.</summary>
    public LuaFrame Thread => new(this, _thread);

    /// <summary>Bytes taken from the system.</summary>
    public long TakenBytes => _heap.TakenBytes;

    /// <summary>Bytes in use.</summary>
    public long UsedBytes => _heap.UsedBytes;

    /// <summary>Bytes that may still be used.</summary>
    public long BytesLeft => _heap.Left;

    /// <summary>More memory was wanted than there is: the code must not go on.</summary>
    public bool IsOverdrawn => _heap.IsOverdrawn;

    /// <summary>Instructions that are left until the code is taken away.</summary>
    public long Budget { get; set; }

    /// <summary>The code was taken away although budget was left.</summary>
    public bool IsOutOfTime { get; private set; }

    /// <summary>The code that runs was taken away and not by itself.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>The code calls deeper than Lua 5.1 allows: it must not go on.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>What a managed function threw: the code must not go on.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Pushes a function on the host's stack.</summary>
    public void PushFunction(LuaFunction function)
    {
        _functions.Add(function);
        Main.Push(_functions.Count - 1);
        LuaNative.PushFunction(_main, &Dispatch, 1);
    }

    /// <summary>Pushes a library of Lua on the host's stack.</summary>
    public void PushLibrary(string opener)
    {
        LuaNative.PushNativeFunction(_main, LuaNative.AddressOf(opener), 0);
        LuaNative.ProtectedCall(_main, 0, 1, 0, 0, 0);
    }

    /// <summary>Compiles a text and pushes the function, or the message of the error, on the host's stack.</summary>
    public bool TryLoad(ReadOnlySpan<byte> text, string name)
    {
        byte[] nameBytes = Encoding.Latin1.GetBytes(name + "\0");
        fixed (byte* start = text)
        fixed (byte* chunk = nameBytes)
        fixed (byte* mode = "t\0"u8)
        {
            return LuaNative.Load(_main, start, (nuint)text.Length, chunk, mode) == LuaNative.Ok;
        }
    }

    /// <summary>Calls a function of the host's stack, below its arguments; true with results, false with a
    /// message.</summary>
    public bool TryCall(int arguments, int results) =>
        LuaNative.ProtectedCall(_main, arguments, results, 0, 0, 0) == LuaNative.Ok;

    /// <summary>Sets the globals of a function on the host's stack to the newest value, which is taken off.</summary>
    public void SetGlobals(int function) => LuaNative.SetUpvalue(_main, function, 1);

    /// <summary>Takes the newest value of the host's stack into keeping.</summary>
    public int Keep() => LuaNative.Reference(_main, LuaNative.Registry);

    /// <summary>Gives a kept value up.</summary>
    public void Drop(int kept) => LuaNative.Unreference(_main, LuaNative.Registry, kept);

    /// <summary>Pushes a kept value on the stack of the code.</summary>
    public void PushKept(in LuaFrame frame, int kept) => LuaNative.RawGet(frame.Handle, LuaNative.Registry, kept);

    /// <summary>Pushes the coroutine of the code on the host's stack.</summary>
    public void PushThread() => LuaNative.RawGet(_main, LuaNative.Registry, _threadKept);

    /// <summary>Gives up code that was taken away.</summary>
    public void ResetThread()
    {
        if (LuaNative.Status(_thread) != LuaNative.Ok)
        {
            LuaNative.CloseThread(_thread, 0);
        }

        LuaNative.SetTop(_thread, 0);
    }

    /// <summary>Collects garbage that is there now.</summary>
    public void Collect() => LuaNative.Gc(_main, 2, 0);

    /// <summary>
    /// Calls the function on the stack of the code with the arguments above it, or goes on with it, until it is
    /// complete or the budget used.
    /// </summary>
    /// <param name="arguments">Number of arguments.</param>
    /// <param name="most">Processor time after which it is taken away although budget is left: collecting garbage takes
    /// time, too. Time in which other threads run does not count, or a busy machine would end what is short.</param>
    /// <returns>True when it is complete: its results are on the stack. False when it was taken away.</returns>
    public bool Resume(int arguments, StepTime most)
    {
        IsTaken = IsOutOfTime = false;
        _most = most;
        _budgetAtStart = Budget;
        _lastLook = _time.GetTimestamp();
        _ownStart = long.MinValue;
        _nextOwnLook = _lastLook + TicksOf(most.Most / PartsUnasked);
        _perLook = Math.Min(_perLook == 0 || arguments > 0 ? FirstPerLook : _perLook, FirstPerLook);
        LuaNative.SetHook(_thread, &Hook, LuaNative.MaskCount, _perLook);
        _heap.IsGenerous = false;
        int results;
        int status = LuaNative.Resume(_thread, 0, arguments, &results);
        _heap.IsGenerous = true;
        if (status == LuaNative.Yield)
        {
            LuaNative.SetTop(_thread, LuaNative.GetTop(_thread) - results);
            return false;
        }

        return true;
    }

    /// <summary>Takes the code away before its next instruction.</summary>
    public void Interrupt(nint thread)
    {
        Budget = 0;
        LuaNative.SetHook(thread, &Hook, LuaNative.MaskCount, 1);
    }

    /// <summary>Counts work of a managed function, in microseconds.</summary>
    public void Spend(long microseconds, in LuaFrame frame)
    {
        Budget -= microseconds * InstructionsPerMicrosecond;
        if (Budget <= 0)
        {
            Interrupt(frame.Handle);
        }
    }

    /// <summary>Gives all memory back, without asking Lua.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            GC.SuppressFinalize(this);
            _heap.Dispose();
            _self.Free();
        }
    }

    // The processor's time is asked for where the other clock, which costs nothing, has come so far that it may be
    // over: it is never ahead. What is over before the first part of the time asks for none.
    private bool LookAtOwnTime(long now)
    {
        long own = _ownTime.GetTimestamp();
        if (_ownStart == long.MinValue)
        {
            _ownStart = own;
        }

        TimeSpan most = _budgetAtStart - Budget < StepTime.FewInstructions ? _most.MostOfFew : _most.Most;
        TimeSpan used = (_most.Most / PartsUnasked) + _ownTime.GetElapsedTime(_ownStart, own);
        IsOutOfTime = used >= most;
        TimeSpan left = _most.Most - used;
        _nextOwnLook = now + TicksOf(left > _most.Most / PartsUnasked ? left : _most.Most / PartsUnasked);
        return IsOutOfTime;
    }

    private long TicksOf(TimeSpan time) => time.Ticks * _time.TimestampFrequency / TimeSpan.TicksPerSecond;

    private static LuaState From(nint thread) => (LuaState)GCHandle.FromIntPtr(*((nint*)thread - 1)).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Dispatch(nint thread)
    {
        LuaState state = From(thread);
        bool wasGenerous = state._heap.IsGenerous;
        state._heap.IsGenerous = true;
        try
        {
            int number = (int)LuaNative.ToNumber(thread, LuaNative.Registry - 1, null);
            return state._functions[number](new LuaFrame(state, thread));
        }
        catch (Exception failure)
        {
            // It must not leave through Lua's frames; the code is not resumed, and who resumed it throws this.
            state.Failure ??= failure;
            state.Interrupt(thread);
            return 0;
        }
        finally
        {
            state._heap.IsGenerous = wasGenerous;
        }
    }

    // Where the code cannot be taken away (none of our functions is such a place) the next look tries again.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Hook(nint thread, nint activation)
    {
        LuaState state = From(thread);
        long now = state._time.GetTimestamp();
        state.Budget -= state._perLook;
        long took = (now - state._lastLook) * LooksPerSecond;
        state._perLook = took > state._time.TimestampFrequency
            ? Math.Max(state._perLook / 4, LeastPerLook) : Math.Min(state._perLook * 2, MostPerLook);
        state._lastLook = now;
        LuaNative.SetHook(thread, &Hook, LuaNative.MaskCount, state._perLook);
        if (++state._looks % LooksPerDepthCheck == 0)
        {
            byte* record = stackalloc byte[ActivationBytes];
            state.IsTooDeep |= LuaNative.GetStack(thread, MaxCalls, record) != 0;
        }

        if ((state.Budget <= 0 || state.IsTooDeep || state._heap.IsOverdrawn
            || (now >= state._nextOwnLook && state.LookAtOwnTime(now)))
            && LuaNative.IsYieldable(thread) != 0)
        {
            state.IsTaken = true;
            LuaNative.YieldFromHook(thread, 0, 0, 0);
        }
    }
}
