using System.Runtime.CompilerServices;
using SessionGateway.Commands.Resp.Scripting;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands;

/// <summary>
/// What a command works with. One per event loop, handed to each processor call; the fields that change per call are
/// set by the connection before it. Whoever makes one disposes it.
/// </summary>
public sealed class CommandContext(CommandServices services, LoopStats stats, OutputBuffer output) : IDisposable
{
    // Between two looks at the clock: what is done meanwhile takes about ten microseconds.
    private const int UnitsPerLook = 8;

    private int _nextLook;
    private long _turnEnds;
    private int _turnBudget;
    private ScriptLoop? _scripts;

    /// <summary>What the whole process shares.</summary>
    public CommandServices Services { get; } = services;

    /// <summary>The items.</summary>
    public ItemStore Store { get; } = services.Store;

    /// <summary>The counters of this loop.</summary>
    public LoopStats Stats { get; } = stats;

    /// <summary>Where replies go.</summary>
    public OutputBuffer Output { get; } = output;

    /// <summary>Arrays that RESP requests of this loop are read into.</summary>
    public RespScratch Resp { get; } = new();

    /// <summary>The scripts of this loop.</summary>
    internal ScriptLoop Scripts => _scripts ??= new ScriptLoop(this);

    /// <summary>What commands of this loop have left behind.</summary>
    public Leftovers Leftovers => field ??= new Leftovers(this);

    /// <summary>Unix milliseconds, the same for all requests of one batch.</summary>
    public long Now { get; set; }

    /// <summary>Milliseconds that <see cref="Now"/> is behind the clock: for what a primary says, which decides when an
    /// item is over. One whose time is over here may live on there.</summary>
    public long NowIsBehind { get; set; }

    /// <summary>Measures commands.</summary>
    internal TimeProvider CommandTime { get; } = services.CommandTime;

    /// <summary>Which commands are measured. A field: it is changed in place.</summary>
    internal Sampling Sampling;

    /// <summary>Nanoseconds of a tick of it.</summary>
    internal long NanosecondsPerTick { get; } = Math.Max(1, 1_000_000_000 / services.CommandTime.TimestampFrequency);

    /// <summary>Timestamp at which the command before in this turn ended; 0 = there was none.</summary>
    internal long LookedAt { get; set; }

    /// <summary>The last error that was answered is that memory does not allow a write.</summary>
    internal bool WasErrorOfMemory { get; set; }

    /// <summary>What the pieces of a call that is done in pieces have told of their key; null otherwise.</summary>
    internal ToldEvents? Told { get; set; }

    /// <summary>The connection whose requests are processed.</summary>
    public ClientConnection Client { get; set; } = null!;

    /// <summary>
    /// Units of work that may still be done in this turn. A request is one unit, about a microsecond; what takes longer
    /// says so by <see cref="Spend"/>.
    /// </summary>
    public int RequestBudget { get; set; }

    /// <summary>Set by a processor that stopped at an incomplete request: total input bytes worth calling again
    /// for.</summary>
    public int NeedBytes { get; set; }

    /// <summary>
    /// True while several commands run as one step (EXEC, scripts): none of them may stop in its middle, so each asks
    /// <see cref="IsAtomicStepSpent"/> instead where its work is not bounded by its arguments.
    /// </summary>
    public bool IsAtomicStep { get; private set; }

    /// <summary>Work that the step may still do before what is left of it is refused.</summary>
    public bool IsAtomicStepSpent => IsAtomicStep && RequestBudget <= 0;

    /// <summary>
    /// Set for a request that nobody has looked for at the keys that scripts keep, as no script ran: it looks once
    /// behind its first lock. What a script does in its first step it does while it holds the locks, and says there
    /// what it keeps from then on.
    /// </summary>
    public bool MustLookAgain { get; set; }

    /// <summary>Locks the shard of a key for a command.</summary>
    /// <exception cref="KeptKeysException">The request has to be run again; nothing is locked.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShardScope Enter(in ItemKey key)
    {
        ShardScope scope = Store.Enter(key, Now);
        if (MustLookAgain && IsTooLate())
        {
            scope.Dispose();
            throw KeptKeysException.Instance;
        }

        return scope;
    }

    /// <summary>As <see cref="Enter"/>, for several shards, given as a bit set.</summary>
    /// <exception cref="KeptKeysException">The request has to be run again; nothing is locked.</exception>
    public MultiShardScope EnterMany(ulong shards)
    {
        MultiShardScope scope = Store.EnterMany(shards, Now);
        if (MustLookAgain && IsTooLate())
        {
            scope.Dispose();
            throw KeptKeysException.Instance;
        }

        return scope;
    }

    /// <summary>Begins a turn: everything of the budget, and no time is over yet.</summary>
    public void BeginTurn() => BeginTurn(Services.Limits.RequestsPerTurn);

    /// <summary>Begins a turn with another budget than the usual one.</summary>
    public void BeginTurn(int requests)
    {
        RequestBudget = requests;
        _nextLook = Math.Max(RequestBudget - UnitsPerLook, 0);
        _turnEnds = 0;
        NeedBytes = 0;
        LookedAt = 0;
        IsAtomicStep = false;
    }

    /// <summary>Begins a step of several commands with a budget of its own.</summary>
    public void BeginAtomicStep()
    {
        IsAtomicStep = true;
        _turnBudget = RequestBudget;
        RequestBudget = Services.Limits.AtomicWork;
    }

    /// <summary>Ends the step; what it spent is taken from the turn.</summary>
    public void EndAtomicStep()
    {
        int spent = Services.Limits.AtomicWork - RequestBudget;
        IsAtomicStep = false;
        RequestBudget = _turnBudget;
        Spend(spent);
    }

    /// <summary>Counts work beyond the one unit of a request: <see cref="WorkUnits"/> says what is worth how
    /// much.</summary>
    public void Spend(long units) => RequestBudget = (int)Math.Max(RequestBudget - units, int.MinValue / 2);

    /// <summary>
    /// Asked after each request: true when the processor must return although complete requests may be left, because
    /// the turn's share of work or time is used up, the output wants to be sent first, or the connection is held or
    /// closing.
    /// </summary>
    public bool TurnIsOver() =>
        (--RequestBudget <= _nextLook && IsTurnSpent()) || Output.Length >= Services.Limits.OutputSoftBytes
        || Output.Overflowed || Client.CloseAfterReply || Client.IsParked;

    /// <summary>
    /// Asked inside a long request, after <see cref="Spend"/>: true when it should stop where it is and go on in the
    /// connection's next turn.
    /// </summary>
    public bool ShouldPause() =>
        !IsAtomicStep && ((RequestBudget <= _nextLook && IsTurnSpent())
            || Output.Length >= Services.Limits.OutputSoftBytes || Output.Overflowed);

    /// <summary>The loop has ended, and its connections before: the engines of its scripts are given back. The output
    /// is its owner's.</summary>
    public void Dispose() => _scripts?.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsTooLate()
    {
        MustLookAgain = false;
        return Services.Claims.AreKept;
    }

    // The first look starts the clock: most turns are over before it and need no time.
    private bool IsTurnSpent()
    {
        if (RequestBudget <= 0)
        {
            return true;
        }

        _nextLook = Math.Max(RequestBudget - UnitsPerLook, 0);
        long now = Services.Time.GetTimestamp();
        if (_turnEnds == 0)
        {
            _turnEnds = now
                + Services.Limits.TurnTime.Ticks * Services.Time.TimestampFrequency / TimeSpan.TicksPerSecond;
        }

        return now >= _turnEnds;
    }
}
