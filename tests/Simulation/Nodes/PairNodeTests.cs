using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Nodes;

/// <summary>The nodes with the product's times; what they may do in any order is the model's.</summary>
public sealed class PairNodeTests
{
    [Fact]
    public void A_write_is_released_when_the_backup_has_it()
    {
        var duo = new Duo();
        duo.Tell(0, PairInput.Written(1));
        Assert.Equal(0, duo[0].Committed);
        duo.Acknowledge();
        Assert.Equal(new PairOutput(PairOutputKind.Release, 1), duo.Done[0][^1]);
    }

    [Fact]
    public void A_planned_switch_hands_over_everything_and_both_are_on_the_disk_first()
    {
        var duo = new Duo();
        duo.Tell(0, PairInput.Written(1));
        duo.Acknowledge();
        duo.Done[0].Clear();
        duo.Done[1].Clear();
        duo.Tell(1, PairInput.Promote());
        Assert.Equal((PairRole.Fenced, false), (duo[0].Role, duo[0].Acts));
        Assert.Equal((PairRole.Primary, true, 1L), (duo[1].Role, duo[1].Acts, duo[1].Committed));
        PairOutputKind[] first = [.. duo.Done[0].Select(o => o.Kind)];
        Assert.True(Array.IndexOf(first, PairOutputKind.Persist) < Array.IndexOf(first, PairOutputKind.SendHandedOver));
        PairOutputKind[] second = [.. duo.Done[1].Select(o => o.Kind)];
        Assert.True(Array.IndexOf(second, PairOutputKind.SyncLog) < Array.IndexOf(second, PairOutputKind.Persist));
        Assert.True(Array.IndexOf(second, PairOutputKind.Persist) < Array.IndexOf(second, PairOutputKind.Release));
        duo.Hello(2, 2, 1);
        Assert.Equal((2L, 2L), (duo[0].Epoch, duo[1].Epoch));
    }

    [Fact]
    public void A_primary_goes_on_alone_after_the_lease_and_fresh_hellos_and_takes_the_backup_back()
    {
        var duo = new Duo { IsConnected = false };
        duo.Tell(0, PairInput.LinkLost());
        duo.Tell(1, PairInput.LinkLost());
        duo.Tell(0, PairInput.Written(1));
        long round = duo[0].Round;
        duo.Pass(11_000);
        duo.Hello(1, 1, 0);
        Assert.True(duo[0].IsPaired);
        duo.Pass(200);
        Assert.True(duo[0].Round > round);
        Assert.False(duo[1].CanPromote);
        for (int i = 0; i < 3; i++)
        {
            duo.Tell(0, PairInput.Hello(i, 1, 1, PairName.Self, round));
        }

        Assert.True(duo[0].IsPaired);
        duo.Hello(1, 1, 0);
        Assert.Equal((false, 1L), (duo[0].IsPaired, duo[0].Committed));

        duo.IsConnected = true;
        duo.Attach();
        duo.Acknowledge();
        duo.Pass(1_000);
        Assert.True(duo[0].IsPaired);
        Assert.True(duo[1].CanPromote);
    }

    [Fact]
    public void A_backup_is_promoted_without_an_answer_after_evidence_and_serves_when_it_is_named()
    {
        var duo = new Duo { IsConnected = false };
        duo.Tell(1, PairInput.Promote());
        duo.Pass(1_000);
        Assert.Equal(PairRole.Backup, duo[1].Role);
        for (int i = 0; i < 2; i++)
        {
            duo.Tell(1, PairInput.Hello(i, 2, 1, PairName.Peer, duo[1].Round));
        }

        Assert.Equal((PairRole.Primary, false), (duo[1].Role, duo[1].Acts));
        duo.Tell(1, PairInput.Hello(0, 2, 2, PairName.Self, duo[1].Round));
        Assert.True(duo[1].Acts);
    }

    [Fact]
    public void A_clock_that_jumps_ends_the_lease_and_never_the_grant()
    {
        var duo = new Duo();
        long grant = duo[0].Grant;
        duo.Tell(0, PairInput.Tick(1, 1, 3_600_000));
        duo.Tell(1, PairInput.Tick(1, 1, 3_600_000));
        Assert.Equal(grant - 1, duo[0].Grant);
        Assert.True(duo[0].IsSoftFenced);
        Assert.False(duo[1].CanPromote);
        duo.Pass(1_500);
        Assert.True(duo[0].Serves);
        Assert.True(duo[1].CanPromote);
    }

    [Fact]
    public void A_primary_that_hears_nobody_serves_nobody()
    {
        var duo = new Duo { IsConnected = false, ArePinged = false };
        duo.Tell(0, PairInput.LinkLost());
        duo.Pass(1_000);
        Assert.True(duo[0].Serves);
        duo.Pass(200);
        Assert.False(duo[0].Serves);
    }

    [Fact]
    public void A_node_without_data_follows_only_whom_a_majority_names()
    {
        var node = new PairNode(new PairSettings());
        PairState state = default;
        var outputs = new List<PairOutput>();
        node.Tell(ref state, PairInput.Start(null, 0, false), outputs);
        node.Tell(ref state, PairInput.Ping(0), outputs);
        node.Tell(ref state, PairInput.Hello(0, 3, 3, PairName.Peer, 0), outputs);
        node.Tell(ref state, PairInput.Follow(PairName.Peer), outputs);
        Assert.Equal([PairOutputKind.NotReady, PairOutputKind.Refuse], outputs
            .Select(o => o.Kind).Where(k => k is PairOutputKind.NotReady or PairOutputKind.Refuse));
        node.Tell(ref state, PairInput.Hello(1, 3, 3, PairName.Peer, 0), outputs);
        node.Tell(ref state, PairInput.Follow(PairName.Peer), outputs);
        Assert.Equal([PairOutputKind.Accept, PairOutputKind.Connect], outputs[^2..].Select(o => o.Kind));
    }
}
