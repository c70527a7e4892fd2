using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Scripting;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>What a script reaches: the commands, through the same table as everybody, with the checks of Redis
/// (script.c).</summary>
internal sealed class ScriptHost : IScriptHost, IDisposable
{
    // What a rare reply needed more goes back.
    private const int KeepBytes = 16 * 1024;

    private const int FirstKey = 3;

    private const int KeepKeys = 1024;

    private readonly HashSet<ulong> _keys = [];
    private readonly List<int> _places = [];
    private readonly CommandContext _outer;
    private readonly CommandContext _context;
    private readonly OutputBuffer _output;
    private readonly RespConversation _connection = new() { RunsQueue = true };
    private readonly ScriptClient _client = new() { IsAuthenticated = true };

    /// <summary>Makes one for a loop.</summary>
    public ScriptHost(CommandContext context)
    {
        _outer = context;
        Hold = new ShardHold(context.Store);
        Stage = new StagedGroup(context.Store);
        _output = new OutputBuffer(1024, context.Services.Limits.ScriptReplyBytes);
        _context = new CommandContext(context.Services, context.Stats, _output) { Client = _client };
    }

    /// <summary>Shards whose locks the first step holds.</summary>
    public ShardHold Hold { get; }

    /// <summary>What it does, for who reads the mutation stream: one group, however many steps it takes.</summary>
    public StagedGroup Stage { get; }

    /// <summary>Shards of the declared keys.</summary>
    public ulong Declared { get; private set; }

    /// <summary>A command touched a key that was not declared.</summary>
    public bool TouchedOthers { get; private set; }

    /// <summary>A command wanted a shard that is not held, before anything was written: the run begins again with
    /// all.</summary>
    public bool WantsAll { get; private set; }

    /// <summary>A command that may write was executed.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Commands that write are refused.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>Hashes of the keys that are declared, or were touched.</summary>
    public IReadOnlyCollection<ulong> Keys => _keys;

    /// <summary>What it keeps between its steps; null in the first.</summary>
    public KeyClaim? Claim { get; set; }

    /// <summary>The step is one for all others: its shards are held.</summary>
    public bool IsOneMoment { get; set; }

    /// <inheritdoc/>
    public int Version
    {
        get => _client.RespVersion;
        set => _client.RespVersion = value;
    }

    /// <inheritdoc/>
    public int Work { get; private set; }

    /// <inheritdoc/>
    public double Clock
    {
        get
        {
            TimeProvider time = _outer.Services.Time;
            return time.GetTimestamp() / (double)time.TimestampFrequency;
        }
    }

    /// <summary>A run begins.</summary>
    public void Begin(in RespCall call, int keyCount, ulong declared, bool isReadOnly)
    {
        Declared = declared;
        TouchedOthers = WantsAll = HasWritten = false;
        IsReadOnly = isReadOnly;
        Claim = null;
        _keys.Clear();
        if (_keys.Capacity > KeepKeys)
        {
            _keys.TrimExcess(KeepKeys);
        }

        for (int i = FirstKey; i < FirstKey + keyCount; i++)
        {
            _keys.Add(call.Key(i).Hash);
        }

        _client.Caller = call.Client;
        _client.Database = call.Client.Database;
        _client.RespVersion = 2;
        _context.Now = call.Now;
        _context.BeginTurn();
        _context.BeginAtomicStep();
    }

    /// <inheritdoc/>
    public bool Knows(ReadOnlySpan<byte> command) => CommandTable.All.Find(command) is not null;

    /// <inheritdoc/>
    public void Log(int level, string text) => _outer.Services.Resp.ScriptLog?.Line(level, text);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Call(in RespRequest request)
    {
        _output.Clear(KeepBytes);
        var call = new RespCall(request, _connection, _context);
        RespCommand? command = CommandTable.All.Find(call[0]);
        if (command is { Subcommands.Length: > 0 } && call.Count > 1)
        {
            command = CommandTable.FindSub(command, call[1]);
        }

        if (Refuses(call, command, out ReadOnlySpan<byte> error))
        {
            return error;
        }

        // What has no keys may look at all items (DBSIZE, KEYS): it must not take locks beside those that are held, or
        // two scripts wait for each other.
        if (!TryTouch(command!, call, out ulong shards))
        {
            return default;
        }

        TouchedOthers |= (shards & ~Declared) != 0;
        if (IsOneMoment && !HasRoom(shards))
        {
            return default;
        }

        if (command!.Traits.HasFlag(CommandTraits.Writes))
        {
            HasWritten = true;
            Claim?.HasWritten = true;
        }

        int before = _context.RequestBudget;
        _outer.Stats.Resp.Commands++;
        _context.LookedAt = 0;
        if (!IsOneMoment && Hold.IsHeard && command.Traits.HasFlag(CommandTraits.Writes))
        {
            using ShardHold hold = Hold;
            hold.Enter(shards, _context.Now, Stage);
            WatchedRun.Execute(call, command);
        }
        else
        {
            WatchedRun.Execute(call, command);
        }

        // A script inside EXEC would end where others only pause: there the work of its commands has its own bound.
        Work = _outer.IsAtomicStep ? 0 : before - _context.RequestBudget;
        _outer.Spend(before - _context.RequestBudget);
        return _output.Overflowed ? "-ERR the reply is too long for a script\r\n"u8 : _output.Written;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Hold.Dispose();
        _output.Dispose();
    }

    // A key that another script keeps has to be waited for; not in EXEC, which is one moment.
    private bool TryTouch(RespCommand command, in RespCall call, out ulong shards)
    {
        if (!command.Descriptor.HasKeys)
        {
            shards = command.Name == "time" ? 0 : command.ShardsToLock(call);
            return true;
        }

        if (command.HasPlainKeys)
        {
            shards = 0;
            int last = command.LastKeyOf(call.Count);
            for (int i = command.Descriptor.FirstKey; i <= last; i += command.Descriptor.KeyStep)
            {
                if (!TryTouch(call.Key(i), ref shards))
                {
                    return false;
                }
            }

            return true;
        }

        shards = command.ShardsToLock(call);
        _places.Clear();
        command.TryGetKeys(call, _places);
        foreach (int place in _places)
        {
            if (!TryTouch(call.Key(place), ref shards))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTouch(in ItemKey key, ref ulong shards)
    {
        shards |= 1UL << _outer.Store.ShardOf(key);
        if (!_keys.Add(key.Hash) || _outer.IsAtomicStep)
        {
            return true;
        }

        KeyClaims claims = _outer.Services.Claims;
        if ((Claim is not null || claims.AreKept) && !claims.TryTouch(Claim, key.Hash))
        {
            _keys.Remove(key.Hash);
            return false;
        }

        return true;
    }

    // Who has written cannot begin again, and must not end here: it goes on in the next step.
    private bool HasRoom(ulong shards)
    {
        bool isSpent = _context.IsAtomicStepSpent && !_outer.IsAtomicStep;
        if (isSpent || (shards & ~Hold.Mask & _outer.Store.AllShards) == 0)
        {
            return !isSpent;
        }

        WantsAll = !HasWritten;
        return HasWritten && Hold.TryEnterMore(shards);
    }

    // What redis marks as CMD_MAY_REPLICATE, and does not tell in COMMAND.
    private static bool ReachesReplicas(RespCommand command) => command.Name is "publish" or "spublish";

    private bool Refuses(scoped in RespCall call, RespCommand? command, out ReadOnlySpan<byte> error)
    {
        if (command is null)
        {
            error = "-ERR Unknown Redis command called from script\r\n"u8;
        }
        else if (!command.Descriptor.Allows(call.Count))
        {
            error = "-ERR Wrong number of args calling Redis command from script\r\n"u8;
        }
        else if (command.Flags.HasFlag(CommandFlags.NoScript))
        {
            error = "-ERR This Redis command is not allowed from script\r\n"u8;
        }
        else if (IsReadOnly && (command.Traits.HasFlag(CommandTraits.Writes) || ReachesReplicas(command)))
        {
            error = "-ERR Write commands are not allowed from read-only scripts.\r\n"u8;
        }
        else if (!HasWritten && Gate.OfWrite(_context.Services, _outer.Client, command.Traits)
            is not Refusal.None and var ofWrite)
        {
            // One that has written goes on: what it did is not left half done.
            error = RespErrors.OfWrite(ofWrite);
        }
        else if (CheckedRun.HasTooLongKey(call, command))
        {
            error = RespErrors.KeyTooLong;
        }
        else if (_context.IsAtomicStepSpent && _outer.IsAtomicStep)
        {
            error = RespErrors.TooMuchWork;
        }
        else
        {
            error = default;
            return false;
        }

        call.CountError(error[1..]);
        if (command is not null)
        {
            _outer.Stats.Figures.CountRejected(command.Index);
        }

        return true;
    }
}
