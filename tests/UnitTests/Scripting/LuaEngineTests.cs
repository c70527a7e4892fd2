using System.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Scripting;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Scripting;

/// <summary>The engine without commands: steps, failures of its host, memory.</summary>
public sealed class LuaEngineTests : IScriptHost
{
    private static readonly StepTime Long = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    private static readonly StepTime Short = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

    private readonly ManualClock _clock = new();
    private readonly ManualClock _ownClock = new();

    int IScriptHost.Version { get; set; } = 2;

    int IScriptHost.Work => 0;

    double IScriptHost.Clock => 1;

    [Fact]
    public void What_the_host_throws_leaves_the_engine_and_no_script_catches_it()
    {
        using LuaEngine engine = Engine();
        Begin(engine, "while true do pcall(redis.call, 'throw') end");
        Assert.Throws<InvalidTimeZoneException>(() => engine.Continue(100, Long, isFirst: true));
    }

    [Fact]
    public void A_script_is_taken_away_after_its_steps_also_inside_of_coroutines_and_goes_on()
    {
        using LuaEngine engine = Engine();
        Begin(engine,
            "return coroutine.wrap(function() local n = 0 for i = 1, 1000000 do n = n + 1 end return n end)()");
        int steps = 1;
        for (ScriptProgress progress = engine.Continue(10, Long,
            isFirst: true); progress == ScriptProgress.Running; steps++)
        {
            progress = engine.Continue(10, Long, isFirst: false);
        }

        Assert.InRange(steps, 100, 1000);
        Assert.Equal("", engine.Error);
    }

    [Fact]
    public void Time_in_which_other_threads_run_does_not_end_a_step()
    {
        // As on a machine where the thread is kept from running for a second between any two looks.
        _clock.MillisecondsPerLook = 1000;
        using LuaEngine engine = Engine();
        Begin(engine, "local n = 0 for i = 1, 10000 do n = n + 1 end return n");
        Assert.Equal(ScriptProgress.Finished, engine.Continue(200, Short, isFirst: true));
    }

    [Fact]
    public void Its_own_time_ends_a_step_and_more_of_it_where_few_instructions_are_done()
    {
        _clock.MillisecondsPerLook = 1000;
        _ownClock.MillisecondsPerLook = 1;
        using LuaEngine engine = Engine();
        Begin(engine, "while true do end");
        long start = _ownClock.Now;
        Assert.Equal(ScriptProgress.Running, engine.Continue(200, Short, isFirst: true));
        Assert.True(engine.IsOutOfTime);
        Assert.Equal(20, _ownClock.Now - start);
    }

    [Fact]
    public void Memory_beyond_the_limit_ends_the_script_and_comes_back()
    {
        using LuaEngine engine = Engine();
        long before = engine.TakenBytes;
        Begin(engine, "local t = {} while true do t[#t + 1] = {} end");
        ScriptProgress progress = engine.Continue(1_000_000, Long, isFirst: true);
        Assert.Equal(ScriptProgress.Exhausted, progress);
        Assert.Equal("ERR user_script:1: not enough memory", engine.Error);
        Assert.InRange(engine.TakenBytes, before, 3 << 20);
        engine.Dispose();
    }

    [Fact]
    public void One_script_does_not_see_what_another_left()
    {
        using LuaEngine engine = Engine();
        Begin(engine, "local t = {} for k, v in pairs(string) do t[#t + 1] = k end string.find = nil");
        Assert.Equal(ScriptProgress.Failed, engine.Continue(100, Long, isFirst: true));
        Begin(engine, "x = 1");
        Assert.Equal(ScriptProgress.Failed, engine.Continue(100, Long, isFirst: true));
        Begin(engine, "return string.find('a', 'a')");
        Assert.Equal(ScriptProgress.Finished, engine.Continue(100, Long, isFirst: true));
    }

    ReadOnlySpan<byte> IScriptHost.Call(in RespRequest request) => throw new InvalidTimeZoneException(
        "as a defect would");

    bool IScriptHost.Knows(ReadOnlySpan<byte> command) => false;

    void IScriptHost.Log(int level, string text)
    {
    }

    private LuaEngine Engine() => new(1 << 20, "7.0.15", 1, _clock, _ownClock);

    private void Begin(LuaEngine engine, string script)
    {
        Assert.True(engine.TryCompile(Encoding.Latin1.GetBytes(script), out int function, out string error), error);
        engine.Begin(function, default, 0, 0, this);
    }
}
