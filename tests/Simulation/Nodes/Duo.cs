using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Nodes;

/// <summary>Two nodes as the product runs them: a tick before every input, <see cref="PairNode.Settle"/> behind it, and
/// what they send to each other delivered while the network stands.</summary>
internal sealed class Duo
{
    private readonly PairNode _node = new(new PairSettings());

    private readonly PairState[] _states = new PairState[2];

    /// <summary>A acts in epoch 1; B has attached to it, and both have heard three Sentinels.</summary>
    public Duo()
    {
        _states[0] = PairNode.Bootstrap();
        _states[0].Epoch = 1;
        Tell(1, PairInput.Start(null, 0, false));
        Tell(1, PairInput.Follow(PairName.Peer, true));
        Attach();
        Hello(1, 1, 0);
        Acknowledge();
        Pass(1_000);
        Assert.True(_states[0].IsPaired);
        Assert.True(_states[1].CanPromote);
    }

    public bool IsConnected { get; set; } = true;

    /// <summary>Whether Sentinels PING the nodes.</summary>
    public bool ArePinged { get; set; } = true;

    /// <summary>What each node had done, in order.</summary>
    public List<PairOutput>[] Done { get; } = [[], []];

    public ref PairState this[int x] => ref _states[x];

    public void Attach()
    {
        Tell(1, PairInput.Attached(_states[0].Epoch, _states[0].Written));
        Tell(0, PairInput.BackupAttached());
    }

    /// <summary>B has what A has, and says so.</summary>
    public void Acknowledge()
    {
        Tell(1, PairInput.Received(_states[0].Written));
        Tell(0, PairInput.BackupAcked(_states[1].Written));
    }

    /// <summary>All three Sentinels say hello to both, over connections of now.</summary>
    public void Hello(long current, long config, int primary)
    {
        for (int x = 0; x < 2; x++)
        {
            for (int i = 0; i < 3; i++)
            {
                PairName name = primary == x ? PairName.Self : PairName.Peer;
                Tell(x, PairInput.Hello(i, current, config, name, _states[x].Round));
            }
        }
    }

    public void Pass(long milliseconds)
    {
        for (; milliseconds > 0; milliseconds -= 100)
        {
            for (int x = 0; x < 2; x++)
            {
                Tell(x, PairInput.Tick(100, 100, 100));
                for (int i = 0; ArePinged && i < 3; i++)
                {
                    Tell(x, PairInput.Ping(i));
                }
            }
        }
    }

    public void Tell(int x, in PairInput input)
    {
        var outputs = new List<PairOutput>();
        _node.Tell(ref _states[x], input, outputs);
        _node.Settle(ref _states[x], outputs);
        Done[x].AddRange(outputs);
        foreach (PairOutput output in outputs)
        {
            Deliver(1 - x, output);
        }
    }

    private void Deliver(int to, PairOutput output)
    {
        PairInput? message = output.Kind switch
        {
            PairOutputKind.SendRenew => PairInput.Renew(output.A, output.B, output.C),
            PairOutputKind.SendEcho => PairInput.Echo(output.A, output.B),
            PairOutputKind.SendPromoting => PairInput.Promoting(),
            PairOutputKind.SendHandedOver => PairInput.HandedOver(output.A),
            _ => null,
        };
        if (IsConnected && message is { } input)
        {
            Tell(to, input);
        }
    }
}
