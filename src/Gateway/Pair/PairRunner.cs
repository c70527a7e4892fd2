using System.Collections.Concurrent;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Logging;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Pair;

namespace SessionGateway.Gateway.Pair;

/// <summary>
/// Runs a node of a pair: one thread owns its state, tells it what is heard and has done what the rules say (ADR 0037).
/// What has to be on the disk is there before the next thing is done.
/// </summary>
internal sealed class PairRunner : IDisposable
{
    // Twenty times within the shortest gap that means that the machine was stopped.
    private static readonly TimeSpan TickTime = TimeSpan.FromMilliseconds(25);

    // A client's SLAVEOF waits for a state file on a slow disk.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(5);

    private const string Clients = "clients";

    private readonly PairNode _node;
    private readonly PairSettings _settings;
    private readonly PairMemory _memory;
    private readonly IPairHands _hands;
    private readonly Settling _settling;
    private readonly PairClocks _clocks;
    private readonly PairLog _log;
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private readonly List<PairOutput> _outputs = [];
    private readonly Stack<List<PairOutput>> _spare = new();
    private PairState _state;
    private long _toldAck = PairState.Unknown;
    private Safety _rule = Safety.Never;
    private int _fences;
    private string _source = "";
    private long _round;
    private long _roundAfter;
    private string _toldRole = "";
    private volatile bool _isEnding;
    private volatile bool _wantsAcks;

    /// <summary>Makes it; <see cref="Start"/> begins.</summary>
    /// <param name="settings">Times and choices.</param>
    /// <param name="memory">The state file.</param>
    /// <param name="hands">Do what has to be done.</param>
    /// <param name="settling">Decides which replies wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where is logged.</param>
    public PairRunner(
        PairSettings settings, PairMemory memory, IPairHands hands, Settling settling, TimeProvider time, PairLog log)
    {
        (_settings, _memory, _hands, _settling, _log) = (settings, memory, hands, settling, log);
        _node = new PairNode(settings);
        _clocks = new PairClocks(time);
        _thread = new Thread(Run) { Name = "pair", IsBackground = true };
        settling.Set(Safety.Never);
        settling.Changed += OnSettled;
    }

    /// <summary>Called by the pair's thread after each step with what it came to.</summary>
    public PairSight? Seen { get; set; }

    /// <summary>Number that the backup gave its connection.</summary>
    public ulong BackupLink { get; set; }

    /// <summary>Which time Sentinels were asked when a connection was accepted; on the pair's thread.</summary>
    public long RoundOf(long connection) =>
        _round == _state.Round && connection > _roundAfter ? _state.Round : _state.Round - 1;

    /// <summary>What was said by the last step: whether SLAVEOF is obeyed.</summary>
    public bool WasAccepted { get; private set; }

    /// <summary>Begins with what the state file and the log say; the store has what was read.</summary>
    /// <param name="isBootstrap">The first start of a pair's first node.</param>
    /// <param name="isTold">An operator said whom a new node follows.</param>
    public void Start(bool isBootstrap, bool isTold)
    {
        Post(() => Begin(isBootstrap, isTold));
        _thread.Start();
    }

    /// <summary>Has something done by the pair's thread; from any thread.</summary>
    public void Post(Action work)
    {
        _work.Enqueue(work);
        _wake.Set();
    }

    /// <summary>Tells the node something, from any thread.</summary>
    public void PostInput(PairInput input) => Post(() => Tell(input));

    /// <summary>Has something done by the pair's thread and waits for it.</summary>
    /// <returns>What it says; an error when it does not come in time.</returns>
    public T Ask<T>(Func<T> question, T otherwise)
    {
        var answer = new TaskCompletionSource<T>();
        Post(() => answer.SetResult(question()));
        return answer.Task.Wait(MostWait) ? answer.Task.Result : otherwise;
    }

    /// <summary>The state; on the pair's thread.</summary>
    public ref PairState State => ref _state;

    /// <summary>Tells the node something; on the pair's thread.</summary>
    public void Tell(in PairInput input)
    {
        Pass();
        Step(input);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnding = true;
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
    }

    private void Begin(bool isBootstrap, bool isTold)
    {
        if (isBootstrap)
        {
            _state = PairNode.Bootstrap();
            _state.Written = _state.Durable = _state.Committed = _hands.Position;
            Do([new PairOutput(PairOutputKind.Persist), new PairOutput(PairOutputKind.Changed)]);
        }
        else
        {
            Step(PairInput.Start(_memory.Record, _hands.Position, _memory.IsComplete(_hands.Position)));
            if (isTold && !_state.HasData)
            {
                Step(PairInput.Follow(PairName.Peer, isOperator: true));
            }
        }

        _clocks.TakeElapsed();
    }

    private void Run()
    {
        while (!_isEnding)
        {
            _wake.WaitOne(TickTime);
            while (_work.TryDequeue(out Action? work))
            {
                work();
            }

            Pass();
        }
    }

    // The time since the last one comes before everything else.
    private void Pass()
    {
        (long monotonic, long boot, long wall) = _clocks.TakeElapsed();
        if (Math.Max(monotonic, Math.Max(boot, wall)) >= _settings.Gap)
        {
            _log.Stopped(monotonic, boot, wall);
        }

        Step(PairInput.Tick(monotonic, boot, wall));
        long acked = _settling.BackedUp;
        if (acked != _toldAck && _state.IsLinked && _state.Role == PairRole.Primary)
        {
            _toldAck = acked;
            if (acked >= 0)
            {
                Step(PairInput.BackupAcked(acked));
            }
        }
    }

    private void Step(in PairInput input)
    {
        if (input.Kind == PairInputKind.BackupAttached)
        {
            _toldAck = PairState.Unknown;
        }

        ReadPositions();
        List<PairOutput> outputs = _spare.TryPop(out List<PairOutput>? spare) ? spare : [];
        _node.Tell(ref _state, input, outputs);
        Do(outputs);
        Freeze();
        outputs.Clear();
        _node.Settle(ref _state, outputs);
        Do(outputs);
        outputs.Clear();
        _spare.Push(outputs);
    }

    // What the backup has is read first: what was released later only makes the node more careful.
    private void ReadPositions()
    {
        if (_state.Role == PairRole.Primary && _state.Acts)
        {
            long released = _settling.Released;
            _state.Written = Math.Max(_state.Written, _settling.Written);
            _state.Durable = Math.Max(_state.Durable, Math.Min(_settling.Durable, _state.Written));
            _state.Committed = Math.Max(_state.Committed, Math.Min(released, _state.Written));
        }
        else if (_state.Role == PairRole.Backup && _state.IsLinked)
        {
            _state.Written = Math.Max(_state.Written, _hands.Position);
        }
    }

    // Before a lone primary takes its backup back nothing more is acknowledged: what it then has is all there is.
    private void Freeze()
    {
        if (_state is { Role: PairRole.Primary, Acts: true, IsPaired: false, IsLinked: true, IsRejoining: false }
            && _state.Acked != PairState.Unknown && _state.Written - _state.Acked <= _settings.RejoinWithin)
        {
            Set(Safety.Never);
            ReadPositions();
        }
    }

    private void Do(List<PairOutput> outputs)
    {
        // What is stricter holds before anything is said; what is looser when all of it is done.
        Set(_rule | Rule());
        for (int i = 0; i < outputs.Count; i++)
        {
            try
            {
                Do(outputs[i]);
            }
            catch (IOException e)
            {
                _log.NotKept(e.Message);
                Set(Safety.Never);
                outputs.Clear();
                _node.Tell(ref _state, PairInput.StateFailed(), outputs);
                i = -1;
            }
        }

        Reconcile();
        Seen?.Invoke(_state);
        Set(Rule());
        _wantsAcks = _state is { Role: PairRole.Primary, IsLinked: true, IsPaired: false };
        TellRole();
    }

    private void Do(in PairOutput output)
    {
        switch (output.Kind)
        {
            case PairOutputKind.SyncLog:
                _hands.SyncLog();
                break;
            case PairOutputKind.Persist:
                _memory.Save(_state, Math.Min(_settling.Durable, _hands.Position));
                break;
            case PairOutputKind.CloseClients:
                _fences++;
                _hands.CloseClients(() => Post(EndFence));
                break;
            case PairOutputKind.CloseLink:
                _hands.DropBackups("the pair's rules end the link");
                _hands.CutPrimary("the pair's rules end the link");
                break;
            case PairOutputKind.Connect:
                Reconcile();
                break;
            case PairOutputKind.AskSentinels:
                long round = output.A;
                _hands.CloseSentinels(last => Post(() => (_round, _roundAfter) = (round, last)));
                break;
            case PairOutputKind.SendRenew:
                Say($"RENEW {output.A} {output.B} {output.C}");
                break;
            case PairOutputKind.SendPromoting:
                Say("PROMOTING");
                break;
            case PairOutputKind.SendEcho:
                _hands.SayToBackup(new PairMessage(PairMessage.Echo, BackupLink, output.A, output.B));
                break;
            case PairOutputKind.SendHandedOver:
                _hands.SayToBackup(new PairMessage(PairMessage.HandedOver, BackupLink));
                break;
            case PairOutputKind.SendDropped:
                _hands.SayToBackup(new PairMessage(PairMessage.Dropped, BackupLink));
                break;
            case PairOutputKind.Accept or PairOutputKind.Refuse:
                WasAccepted = output.Kind == PairOutputKind.Accept;
                break;
        }
    }

    private void Say(string words) => _hands.SayToPrimary(words);

    // Every connection that had asked for something as a client of a primary is gone.
    private void EndFence()
    {
        _fences--;
        Do([]);
    }

    // What a write has to have. A backup's items are its primary's, and what it is sent is nobody's to wait for.
    private Safety Rule() => _state switch
    {
        { Role: PairRole.Backup, IsPromoting: false } when _fences == 0 => Safety.None,
        { Serves: false } or { IsRejoining: true } => Safety.Never,
        { IsPaired: true } => _settings.Ack switch
        {
            PairAck.Backup => Safety.Backup,
            PairAck.BackupAndDisk => Safety.Backup | Safety.BackupDisk | Safety.Disk,
            _ => Safety.None,
        },
        _ => _settings.Alone switch
        {
            AloneAck.Disk => Safety.Disk,
            AloneAck.Refuse => Safety.Never,
            _ => Safety.None,
        },
    };

    private void Set(Safety rule)
    {
        if (rule != _rule)
        {
            _rule = rule;
            _settling.Set(rule);
        }
    }

    // Whom items come from: the primary, clients, or nobody.
    private void Reconcile()
    {
        string source = _state.WantsLink && _memory.Peer.Length > 0 ? _memory.Peer
            : _state is { Role: PairRole.Primary, Acts: true } ? Clients : "";
        if (source == _source)
        {
            return;
        }

        _source = source;
        switch (source)
        {
            case Clients:
                _hands.Lead();
                break;
            case "":
                _hands.Unfollow();
                break;
            default:
                _hands.Follow(source);
                break;
        }
    }

    private void OnSettled()
    {
        if (_wantsAcks)
        {
            _wake.Set();
        }
    }

    private void TellRole()
    {
        string role = PairWords.RoleOf(_state);
        if (role != _toldRole)
        {
            _toldRole = role;
            _log.Role(role, _state.Epoch);
        }
    }
}
