using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class AllocationTests : OwningTests
{
    [Theory]
    [InlineData("GET k")]
    [InlineData("GET nothing")]
    [InlineData("SET k 123")]
    [InlineData("SET k 123 PX 30000")]
    [InlineData("SET lock me NX PX 30000")]
    [InlineData("SETEX k 1440 123")]
    [InlineData("EXPIRE k 1440")]
    [InlineData("EXISTS k")]
    [InlineData("TTL k")]
    [InlineData("INCR n")]
    [InlineData("DEL nothing")]
    [InlineData("MGET k n nothing")]
    [InlineData("HSET s absexp -1 sldexp 12000000000 data abc")]
    [InlineData("HMSET s absexp -1 sldexp 12000000000 data abc")]
    [InlineData("HMGET s absexp sldexp data")]
    [InlineData("HGET s data")]
    [InlineData("HGETALL s")]
    [InlineData("HINCRBY s n 1")]
    [InlineData("PING")]
    [InlineData("SELECT 0")]
    [InlineData("EVALSHA b70c2384248f88e6b75b9f89241a180f856ad852 1 lock other")]
    public void The_commands_of_a_page_view_allocate_nothing(string request)
    {
        var host = new CommandHost();
        var setup = new RespPeer(host);
        setup.Send(
            "SCRIPT LOAD \"if redis.call(\\\"get\\\",KEYS[1]) == ARGV[1] then return redis.call(\\\"del\\\",KEYS[1]) "
                + "else return 0 end\"");
        setup.Send("SET k 123");
        setup.Send("SET n 1000");
        setup.Send("HSET s absexp -1 sldexp 12000000000 data abc");
        using var output = new OutputBuffer(64 * 1024, 1 << 20);
        var context = new SessionGateway.Commands.CommandContext(host.Services, host.Services.Stats.Loop(0), output)
        {
            Client = host.Open(),
            Now = host.Clock.Now,
        };
        var processor = new RespProcessor();
        byte[] wire = RespPeer.Encode(request);
        Run(processor, context, wire);
        Assert.Equal(0, Allocations.Least(() => Run(processor, context, wire)));
    }

    private static void Run(RespProcessor processor, SessionGateway.Commands.CommandContext context, byte[] wire)
    {
        for (int i = 0; i < 200; i++)
        {
            context.RequestBudget = 10;
            if (processor.Process(wire, context) != wire.Length)
            {
                throw new InvalidOperationException("the request is complete");
            }

            context.Output.Clear();
        }
    }
}
