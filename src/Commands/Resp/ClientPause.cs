using System.Runtime.CompilerServices;
using SessionGateway.Commands.Resp.Transactions;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// CLIENT PAUSE: commands of all connections wait until its time is over or somebody ends it (redis 7 networking.c,
/// pauseClients). A second one makes it longer or stricter, never shorter. Any thread.
/// </summary>
internal sealed class ClientPause
{
    private readonly Lock _lock = new();
    private readonly HashSet<PostponedRequest> _waiting = [];
    private volatile PauseMode _mode;
    private long _until;

    /// <summary>True while there may be a pause: asked for every request.</summary>
    public bool IsOn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _mode != PauseMode.None;
    }

    /// <summary>Unix milliseconds of its end.</summary>
    public long Until => Volatile.Read(ref _until);

    /// <summary>Begins a pause, or extends the one that there is.</summary>
    public void Begin(PauseMode mode, long until, long now)
    {
        lock (_lock)
        {
            bool isOver = _mode == PauseMode.None || _until <= now;
            Volatile.Write(ref _until, isOver ? until : Math.Max(_until, until));
            _mode = isOver || mode > _mode ? mode : _mode;
        }
    }

    /// <summary>Ends it.</summary>
    public void End()
    {
        PostponedRequest[] waiting;
        lock (_lock)
        {
            _mode = PauseMode.None;
            waiting = [.. _waiting];
        }

        foreach (PostponedRequest request in waiting)
        {
            request.Wake();
        }
    }

    /// <summary>Whether a command has to wait.</summary>
    public bool Holds(in RespCall call, RespCommand command)
    {
        PauseMode mode = _mode;
        if (mode != PauseMode.None && call.Now >= Until)
        {
            lock (_lock)
            {
                _mode = call.Now >= _until ? PauseMode.None : _mode;
                mode = _mode;
            }
        }

        return mode == PauseMode.All || (mode == PauseMode.Writes && MayWrite(call, command));
    }

    /// <summary>Notes who waits.</summary>
    public void Add(PostponedRequest request)
    {
        lock (_lock)
        {
            _waiting.Add(request);
        }
    }

    /// <summary>Forgets who waited.</summary>
    public void Remove(PostponedRequest request)
    {
        lock (_lock)
        {
            _waiting.Remove(request);
        }
    }

    private static bool MayWrite(in RespCall call, RespCommand command)
    {
        return Writes(command)
            || (command is ExecCommand && call.Connection.Transaction is { } queue && queue.Has(Writes));
    }

    // CMD_WRITE, or CMD_MAY_REPLICATE, which Redis does not tell.
    private static bool Writes(RespCommand command) => command.Flags.HasFlag(CommandFlags.Write)
        || command.Name is "publish" or "spublish" or "eval" or "evalsha";
}
