using System.Globalization;
using SessionGateway.Commands;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Replication;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Pair;

namespace SessionGateway.Gateway.Pair;

/// <summary>
/// What commands and links ask of the pair, and tell it; from any thread. What is heard goes to the pair's thread in
/// the order in which it came.
/// </summary>
internal sealed class PairFace : IPairing, IPairLink
{
    private const string Busy = "ERR the pair's state cannot be written at the moment";

    private readonly PairRunner _runner;
    private readonly PairMemory _memory;
    private readonly PairSettings _settings;
    private readonly IPairHands _hands;
    private readonly CommandServices _services;
    private readonly PairSentinels _sentinels;
    private readonly string _operator;
    private readonly string _masterName;
    private readonly PairLog _log;
    private volatile PairShown _shown = PairShown.Before;
    private volatile bool _isHandoverPending;
    private ulong _backupLink;
    private ulong _attachedLink;
    private long _syncedSince = -1;

    /// <summary>Makes it and has the runner tell it.</summary>
    public PairFace(
        PairRunner runner, PairMemory memory, PairSettings settings, IPairHands hands, CommandServices services,
        string operatorUser, string masterName, PairLog log)
    {
        (_runner, _memory, _settings, _hands, _services) = (runner, memory, settings, hands, services);
        (_operator, _masterName, _log) = (operatorUser, masterName, log);
        _sentinels = new PairSentinels(settings.Sentinels);

        // Until the state file and the log are read nobody is served; a lone primary is one while it reads.
        PairRecord? record = memory.Record;
        bool isPrimary = record is { Role: PairRole.Primary or PairRole.Fenced };
        bool isLone = record is { Role: PairRole.Primary, IsPaired: false };
        _shown = _shown with { IsReady = isLone || record is { Role: PairRole.Backup }, ShowsMaster = isPrimary };
        services.IsFenced = true;
        runner.Seen = See;
    }

    /// <inheritdoc/>
    public bool IsReady => _shown.IsReady;

    /// <inheritdoc/>
    public bool ShowsMaster => _shown.ShowsMaster;

    /// <inheritdoc/>
    public bool CanPromote => _shown.CanPromote;

    /// <inheritdoc/>
    public bool Leads => _shown.Leads;

    /// <inheritdoc/>
    public string Peer => _memory.Peer;

    /// <summary>What INFO tells.</summary>
    public PairShown Shown => _shown;

    /// <inheritdoc/>
    public bool RefusesWrites => _shown.RefusesWrites;

    /// <inheritdoc/>
    public PairFigures Figures => new(
        _sentinels.Name.Length > 0 ? _sentinels.Name : _masterName, PrimaryOf(_shown),
        _shown.Leads ? (_shown.IsLinked ? _memory.Peer : "") : PrimaryOf(_shown).Length > 0 ? _memory.Self : "",
        _shown.Epoch, _sentinels.Known, _settings.Sentinels == 0 ? 0 : _settings.Majority);

    /// <inheritdoc/>
    public bool MayOperate(ClientConnection client) => client.IsAuthenticated
        && (_operator.Length == 0 || client.User == _operator);

    /// <inheritdoc/>
    public string? Follow(string host, int port)
    {
        string? place = PairSentinels.Place(host, port.ToString(CultureInfo.InvariantCulture));
        return Obey($"{host} {port}", PairInput.Follow(NameOf(place)),
            "ERR a primary of the pair follows another node only by a newer epoch, and only the other one of the pair");
    }

    /// <inheritdoc/>
    public string? Promote() => Obey("NO ONE", PairInput.Promote(),
        "ERR this node of the pair may not be promoted: it may not have all that was acknowledged");

    /// <inheritdoc/>
    public string? Force() => Obey("NO ONE, forced", PairInput.Of(PairInputKind.Force), "ERR this node has no data");

    /// <inheritdoc/>
    public string? Switch() => _settings.Sentinels > 0
        ? $"ERR Sentinels decide: SENTINEL FAILOVER {Figures.Name} at one of them"
        : _runner.Ask(() =>
        {
            _runner.Tell(PairInput.Of(PairInputKind.Switch));
            return _runner.State.HasHandedOver;
        }, false) ? null : "ERR no backup is in sync with this node";

    /// <inheritdoc/>
    public void HearHello(ClientConnection client, ReadOnlySpan<byte> message)
    {
        if (_settings.Sentinels > 0 && PairSentinels.Read(message) is { } hello)
        {
            _runner.Post(() => Hear(client, hello));
        }
    }

    /// <inheritdoc/>
    public void HearPing(ClientConnection client)
    {
        int place = client.Sentinel - 1;
        if (place >= 0)
        {
            _runner.PostInput(PairInput.Ping(place));
        }
    }

    /// <inheritdoc/>
    public void Introduce(ReplicaPeer peer, string words, out string answer) =>
        answer = _runner.Ask(() => Meet(peer, words.Split(' ')), $"-{Busy}");

    /// <inheritdoc/>
    public void Hear(ReplicaPeer peer, string words)
    {
        string[] parts = words.Split(' ');
        if (peer.PairLink == 0 || peer.PairLink != Volatile.Read(ref _backupLink))
        {
            return;
        }

        if (parts is ["PROMOTING"])
        {
            TellOver(peer.PairLink, PairInput.Promoting());
        }
        else if (parts is ["RENEW", var number, var proposed, var answered] && IsNumber(number, out long a)
            && IsNumber(proposed, out long b) && IsNumber(answered, out long c))
        {
            TellOver(peer.PairLink, PairInput.Renew(a, b, c));
        }
    }

    /// <inheritdoc/>
    public string Describe() => _runner.Ask(
        () => PairWords.Screen(_runner.State, _memory, _settings, _sentinels,
            _syncedSince < 0 ? -1 : Environment.TickCount64 - _syncedSince), $"{Busy}\n");

    /// <inheritdoc/>
    public PairGreeting Greet(ulong link)
    {
        PairShown shown = _shown;
        string flags = (shown.MayNotDecide ? "g" : "") + (shown.IsNeverActive && !_isHandoverPending ? "n" : "") + "-";
        string name = _memory.Name.Length > 0 ? _memory.Name : "?";
        return new PairGreeting($"{link} {_memory.Self} {shown.Epoch} {name} {flags}", WhyNot);
    }

    /// <inheritdoc/>
    public void OnAttached(ulong link, long epoch, string name) => _runner.Post(() =>
    {
        if (_memory.Name.Length == 0)
        {
            _memory.Name = name;
        }

        _runner.Tell(PairInput.Attached(epoch, _hands.Position));
    });

    /// <inheritdoc/>
    public void OnMessage(in PairMessage message)
    {
        PairMessage said = message;
        _isHandoverPending |= said.Kind == PairMessage.HandedOver;
        _runner.Post(() => Hear(said));
    }

    /// <inheritdoc/>
    public void OnDown(ulong link) => _runner.PostInput(PairInput.LinkLost());

    /// <inheritdoc/>
    public bool IsBackup(ReplicaPeer peer) =>
        peer.PairLink != 0 && peer.PairLink == Volatile.Read(ref _attachedLink);

    /// <inheritdoc/>
    public void OnAcknowledged(ReplicaPeer peer)
    {
        ulong link = peer.PairLink;
        if (link != 0 && peer.IsOnline && link == Volatile.Read(ref _backupLink)
            && Interlocked.Exchange(ref _attachedLink, link) != link)
        {
            TellOver(link, PairInput.BackupAttached());
        }
    }

    /// <inheritdoc/>
    public void OnGone(ReplicaPeer peer)
    {
        ulong link = peer.PairLink;
        if (link != 0)
        {
            _runner.Post(() =>
            {
                if (_runner.BackupLink == link)
                {
                    SetBackup(0);
                    _runner.Tell(PairInput.LinkLost());
                }
            });
        }
    }

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private string PrimaryOf(PairShown shown) => shown.Leads ? _memory.Self
        : shown.Role is PairRole.Backup or PairRole.Fenced ? _memory.Peer : "";

    private PairName NameOf(string? place) => place is null ? PairName.Nobody
        : place == _memory.Self ? PairName.Self : place == _memory.Peer ? PairName.Peer : PairName.Nobody;

    private string? Obey(string whom, PairInput input, string otherwise)
    {
        string? refusal = _runner.Ask(() =>
        {
            _runner.Tell(input);
            return _runner.WasAccepted ? null : otherwise;
        }, Busy);
        _log.Asked(whom, refusal ?? "OK");
        return refusal;
    }

    private void TellOver(ulong link, PairInput input) => _runner.Post(() =>
    {
        if (_runner.BackupLink == link)
        {
            _runner.Tell(input);
        }
    });

    private void SetBackup(ulong link)
    {
        _runner.BackupLink = link;
        Volatile.Write(ref _backupLink, link);
        Volatile.Write(ref _attachedLink, 0);
    }

    private void Hear(ClientConnection client, SentinelHello hello)
    {
        int place = _sentinels.PlaceOf(hello, Environment.TickCount64, out bool isNew);
        if (place < 0)
        {
            _log.TooMany(hello.Address);
            return;
        }

        if (isNew)
        {
            _runner.State.Sentinels[place] = default;
            _log.Sentinel(hello.Address, place + 1);
        }

        client.Sentinel = place + 1;
        _runner.Tell(PairInput.Ping(place));

        // New Sentinels begin at 0, and so does who has heard of none: an epoch is counted from 1 here.
        _runner.Tell(PairInput.Hello(
            place, hello.Current + 1, hello.Config + 1, NameOf(hello.Primary), _runner.RoundOf(client.Id)));
    }

    private void Hear(PairMessage message)
    {
        switch (message.Kind)
        {
            case PairMessage.Echo:
                _runner.Tell(PairInput.Echo(message.A, message.B));
                break;
            case PairMessage.Dropped:
                _runner.Tell(PairInput.Dropped());
                break;
            default:
                // It lies behind all that it is about, and nothing behind it is applied.
                _runner.Tell(PairInput.HandedOver(0));
                _isHandoverPending = false;
                if (_runner.State.Role == PairRole.Backup)
                {
                    _hands.CutPrimary("its role was not taken over");
                }

                break;
        }
    }

    // Why a primary is not followed. A copy of it would be in the place of this node's items.
    private string? WhyNot(long epoch, string name) =>
        _memory.Name is { Length: > 0 } own && own != name ? "it is a node of another pair"
        : epoch < _shown.Epoch ? $"its epoch {epoch} is older than this node's, {_shown.Epoch}"
        : null;

    // LINK ADDRESS EPOCH NAME FLAGS
    private string Meet(ReplicaPeer peer, string[] words)
    {
        if (words.Length != 5 || !ulong.TryParse(words[0], CultureInfo.InvariantCulture, out ulong link) || link == 0)
        {
            return "-ERR what REPLCONF pair says is not understood";
        }

        ref PairState state = ref _runner.State;
        bool isOther = words[1] != _memory.Peer;
        bool mayBeNew = state is { Role: PairRole.Primary, Acts: true, IsPaired: false, IsLinked: false };
        string? reason = words[3] != "?" && _memory.Name.Length > 0 && words[3] != _memory.Name
            ? "it is a node of another pair"
            : isOther && !mayBeNew ? $"the other node of this pair is {_memory.Peer}" : null;
        if (reason is not null)
        {
            _log.Refused(words[1], reason);
            return $"-ERR {reason}";
        }

        _memory.Peer = words[1];
        if (words[4].Contains('g'))
        {
            _runner.Tell(PairInput.GaveUp());
        }

        if (words[4].Contains('n'))
        {
            _runner.Tell(PairInput.NeverActive());
        }

        if (state is not { Role: PairRole.Primary, Acts: true } || (isOther && !TrySave(state)))
        {
            return "-NOMASTERLINK this node of the pair is not its primary";
        }

        if (_runner.BackupLink != 0)
        {
            SetBackup(0);
            _runner.Tell(PairInput.LinkLost());
            _hands.DropBackups("it has come again");
        }

        peer.PairLink = link;
        SetBackup(link);
        return $"+PAIR {state.Epoch} {_memory.Name}";
    }

    private bool TrySave(in PairState state)
    {
        try
        {
            _memory.Save(state, Math.Min(state.Durable, _hands.Position));
            return true;
        }
        catch (IOException e)
        {
            _log.NotKept(e.Message);
            return false;
        }
    }

    private void See(in PairState state)
    {
        bool isInSync = state.Role == PairRole.Primary ? state is { Acts: true, IsPaired: true, IsLinked: true }
            : state.Lease > 0;
        _syncedSince = !isInSync ? -1 : _syncedSince < 0 ? Environment.TickCount64 : _syncedSince;
        bool isServing = state.Serves || state is { Role: PairRole.Backup, IsPromoting: false };
        var shown = new PairShown(
            state.Role, PairWords.RoleOf(state), state.Role == PairRole.Primary && state.Acts, state.IsPaired,
            state.IsLinked, state.IsReady, state.ShowsMaster, state.CanPromote, state.MayNotDecide,
            state.IsNeverActive, state is { Serves: true, IsPaired: false } && _settings.Alone == AloneAck.Refuse,
            state.Epoch, PairWords.Heard(state, _settings));
        if (shown != _shown)
        {
            _shown = shown;
        }

        _services.IsFenced = !isServing;
    }
}
