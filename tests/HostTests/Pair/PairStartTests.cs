using SessionGateway.CompatTests.Harness;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Pair;
using SessionGateway.Replication.Pair;
using SessionGateway.Replication.Pair.StateFile;

namespace SessionGateway.HostTests.Pair;

/// <summary>What a node of a pair starts with, and what it refuses to start with.</summary>
public sealed class PairStartTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--bootstrap", "--bootstrap is for a node of a pair")]
    [InlineData("--pair", "--pair needs a directory")]
    [InlineData("--pair --data DIR", "the first start of a node needs --bootstrap")]
    [InlineData("--pair --data DIR --bootstrap --replicaof 127.0.0.1:7001", "give one of them")]
    [InlineData("--pair --data DIR --bootstrap --insecure --listen 0.0.0.0:7000", "--pair-address HOST:PORT")]
    [InlineData("--pair --data DIR --replicaof 127.0.0.1:7000 --listen 127.0.0.1:7000", "is this node")]
    [InlineData("--pair --data DIR --bootstrap --pair-operator a --listen 127.0.0.1:7000", "is no user of --auth")]
    public void A_first_start_names_what_is_missing(string arguments, string problem) => Refused(arguments, problem);

    [Theory]
    [InlineData("--pair --data DIR --bootstrap", "says that this node has one")]
    [InlineData("--pair --data DIR --replicaof 127.0.0.1:7009", "the other node of this pair is 127.0.0.1:7001")]
    [InlineData("--pair --data DIR --listen 127.0.0.1:7008", "this node is known as 127.0.0.1:7000")]
    public void A_later_start_does_not_contradict_the_state_file(string arguments, string problem)
    {
        Keep();
        Refused(arguments, problem);
    }

    [Theory]
    [InlineData("--pair --data DIR")]
    [InlineData("--pair --data DIR --replicaof 127.0.0.1:7001")]
    [InlineData("--pair --data DIR --listen 127.0.0.1:7000")]
    [InlineData("--pair --data DIR --insecure --listen 0.0.0.0:7000")]
    public void A_later_start_needs_no_more_than_its_directory(string arguments)
    {
        Keep();
        GatewayOptions options = Complete(arguments);
        var start = PairStart.From(options);
        Assert.Equal(("127.0.0.1:7000", "127.0.0.1:7001"), (start.Self, start.Peer));
        Assert.Equal((PersistKind.Log, AckKind.Backup), (options.Persist, options.Ack));
        Assert.Equal(7000, Assert.Single(options.Listen).EndPoint!.Port);
    }

    [Fact]
    public void A_state_file_of_a_newer_gateway_is_refused()
    {
        byte[] bytes = PairFile.Encode(Record, 1);
        bytes[8] = 99;
        File.WriteAllBytes(_directory.File(PairRecords.Newest), bytes);
        Refused("--pair --data DIR", "was written by a newer gateway");
    }

    [Fact]
    public void The_last_one_whose_log_is_shorter_than_it_was_is_not_complete()
    {
        Keep();
        var memory = new PairMemory(PairStart.From(Complete("--pair --data DIR")), "");
        Assert.True(memory.IsComplete(10));
        Assert.False(memory.IsComplete(9));
    }

    private static PairRecord Record => new(
        PairRole.Primary, false, 3, "127.0.0.1:7000", "127.0.0.1:7001", new string('a', 40), "", 0, 10);

    private void Keep() => new PairRecords(new PairStorage(_directory.Path)).Save(Record);

    private GatewayOptions Complete(string arguments) => PairStart.Complete(OptionsReader.Read(
        CommandLineArguments.Parse([.. arguments.Split(' ').Select(w => w == "DIR" ? _directory.Path : w)]),
        new System.Collections.Hashtable(), _directory.File("no such folder")));

    private void Refused(string arguments, string problem)
    {
        string message = Assert.Throws<StartupException>(() => Complete(arguments)).Message;
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }
}
