using System.Text;
using SessionGateway.Commands.Memcached;
using SessionGateway.UnitTests.Commands.Memcached;

namespace SessionGateway.UnitTests.Commands.Turns;

/// <summary>A text get of many keys stops when its turn is over; a long line is searched once.</summary>
public sealed class LongTextGetTests : IDisposable
{
    private readonly MemcachedRig _rig = new(new MemcachedTextProcessor());

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("get ")]
    [InlineData("gat 0 ")]
    public void A_get_of_many_keys_takes_many_turns_and_answers_each_once(string verb)
    {
        _rig.Ask("set k 5 0 3\r\nabc\r\n");
        int before = _rig.Turns;
        string answer = _rig.Ask($"{verb}{string.Concat(Enumerable.Repeat("k x ", 300))}\r\nget k\r\n");
        string one = "VALUE k 5 3\r\nabc\r\n";
        Assert.Equal(string.Concat(Enumerable.Repeat(one, 300)) + $"END\r\n{one}END\r\n", answer);
        before = _rig.Turns;
        answer = _rig.Ask($"get {string.Concat(Enumerable.Repeat("k x ", 20_000))}\r\n");
        Assert.Equal(string.Concat(Enumerable.Repeat(one, 20_000)) + "END\r\n", answer);
        Assert.InRange(_rig.Turns - before, 40_000 / 4 / 1024, 1000);
    }

    [Fact]
    public void A_get_of_large_values_produces_no_more_than_the_peer_reads()
    {
        string value = new('v', 1 << 20);
        _rig.Ask($"set big 0 0 {value.Length}\r\n{value}\r\n");
        int before = _rig.Turns;
        string answer = _rig.Ask($"gets {string.Concat(Enumerable.Repeat("big ", 30))}\r\n");
        Assert.Equal(30, answer.Split("VALUE big 0 1048576 ").Length - 1);
        Assert.EndsWith("v\r\nEND\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(30, _rig.Turns - before);
        Assert.InRange(_rig.LongestOutput, 1 << 20, (1 << 20) + 200);
    }

    [Fact]
    public void A_key_that_is_too_long_refuses_the_whole_request_however_late_it_comes()
    {
        _rig.Ask("set k 5 0 3\r\nabc\r\n");
        string many = string.Concat(Enumerable.Repeat("k ", 50_000));
        Assert.Equal("CLIENT_ERROR bad command line format\r\n", _rig.Ask($"get {many}{new string('l', 251)}\r\n"));
        Assert.EndsWith("abc\r\nEND\r\n", _rig.Ask($"get {many}{new string('l', 250)}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_comes_in_pieces_is_not_searched_from_its_start_again()
    {
        // The searched part is not looked at: a line end that was slipped into it is not found.
        byte[] line = Encoding.ASCII.GetBytes("get aaaa");
        var processor = new MemcachedTextProcessor();
        using var rig = new MemcachedRig(processor);
        rig.Context.BeginTurn();
        Assert.Equal(0, processor.Process(line, rig.Context));
        line = Encoding.ASCII.GetBytes("get a\naa aaaa\r\n");
        rig.Context.BeginTurn();
        Assert.Equal(line.Length, processor.Process(line, rig.Context));
    }

    [Fact]
    public void Any_cut_of_a_storage_request_is_read_as_the_whole()
    {
        string wire = "set k 1 0 5\r\na\nb\nc\r\nget k\r\nset k 1 0 1\r\n\n\r\nget k\r\n";
        string answer = "STORED\r\nVALUE k 1 5\r\na\nb\nc\r\nEND\r\nSTORED\r\nVALUE k 1 1\r\n\n\r\nEND\r\n";
        for (int cut = 1; cut < wire.Length; cut++)
        {
            using var rig = new MemcachedRig(new MemcachedTextProcessor());
            Assert.Equal(answer, rig.Ask(wire[..cut]) + rig.Ask(wire[cut..]));
        }
    }
}
