using System.Text;
using SessionGateway.Commands;
using SessionGateway.Protocols.Buffers;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Parking;

public sealed class ParkTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly OutputBuffer _output = new(256, 4096);
    private readonly DoorProcessor _processor = new();
    private readonly TestConnection _client;
    private readonly CommandContext _context;

    public ParkTests()
    {
        _client = _host.Open();
        _context = new CommandContext(_host.Services, _host.Services.Stats.Loop(0), _output) { Client = _client };
        Own(_output);
        Own(_context);
    }

    [Fact]
    public void A_parked_request_of_any_protocol_stays_unconsumed_with_all_behind_it()
    {
        Assert.Equal(2, Process("abwcd"));
        Assert.True(_client.IsParked);
        Assert.Equal(ClientConnection.NoDeadline, _client.Deadline);
        Assert.Equal("ab", Encoding.ASCII.GetString(_output.Written));
    }

    [Fact]
    public void It_is_run_again_knows_why_and_those_behind_it_are_told_nothing()
    {
        Process("wc");
        _processor.IsOpen = true;
        _client.Wake(_processor.Token);
        Assert.False(_client.IsParked);
        Assert.Equal(2, Process("wc"));
        Assert.Equal([WakeReason.None, WakeReason.Woken, WakeReason.None], _processor.Reasons);
        Assert.Equal("wc", Encoding.ASCII.GetString(_output.Written));
    }

    [Fact]
    public void Each_wait_has_its_own_token()
    {
        Process("w");
        int first = _processor.Token;
        _client.Wake(first);
        Assert.Equal(0, Process("w"));
        Assert.NotEqual(first, _processor.Token);
        _client.Wake(first);
        Assert.True(_client.IsParked);
        _client.TimeOut();
        Assert.False(_client.IsParked);
    }

    [Fact]
    public void Being_unblocked_counts_more_than_what_came_before_and_a_wake_less()
    {
        Process("w");
        _client.TimeOut();
        Assert.True(_client.TryUnblock(withError: true));
        _client.Wake(_processor.Token);
        Process("w");
        Assert.Equal(WakeReason.UnblockedWithError, _processor.Reasons[^1]);
    }

    private int Process(string letters)
    {
        _context.BeginTurn();
        return _processor.Process(Encoding.ASCII.GetBytes(letters), _context);
    }
}
