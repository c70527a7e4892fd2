using SessionGateway.Gateway.Hosting.Features;
using SessionGateway.Gateway.Logging;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Features;

/// <summary>What <c>redis.log</c> writes into the gateway's log.</summary>
public sealed class ScriptLinesTests
{
    private readonly LineRecorder _log = new();
    private readonly ScriptLines _lines;

    public ScriptLinesTests() => _lines = new ScriptLines(new ScriptLog(_log));

    [Fact]
    public void Levels_of_scripts_are_levels_of_the_log()
    {
        for (int level = 0; level <= 3; level++)
        {
            _lines.Line(level, $"level {level}");
        }

        Assert.Equal(["Debug", "Debug", "Information", "Warning"], _log.Lines.Select(line => $"{line.Level}"));
        Assert.Equal("level 3", _log.Lines[3].Text);
    }

    [Fact]
    public void A_script_in_a_loop_has_so_many_lines_a_second_and_the_others_are_counted()
    {
        for (int i = 0; i < ScriptLines.MostInSecond + 100; i++)
        {
            _lines.Line(3, $"line {i}");
        }

        Assert.Equal(ScriptLines.MostInSecond, _log.Lines.Count);
        _lines.Look();
        Assert.Equal(["100 lines of redis.log left out: more than 20 in a second"], _log.Take(6003));
        _lines.Line(3, "again");
        Assert.Equal(ScriptLines.MostInSecond + 1, _log.Take(6002).Length);
        _lines.Look();
        Assert.Empty(_log.Take(6003));
    }
}
