namespace SessionGateway.CompatTests.SessionCache.Messages;

/// <summary>Microsoft.AspNetCore.SignalR.StackExchangeRedis between two instances of a site.</summary>
public abstract class BackplaneSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, ICacheServer
{
    private readonly string _site = $"site-{Guid.NewGuid():N}";

    [Fact]
    public async Task What_is_said_on_one_instance_is_heard_on_the_other()
    {
        await using ChatInstance one = await ChatInstance.StartAsync(server.Port, _site);
        await using ChatInstance other = await ChatInstance.StartAsync(server.Port, _site);
        await using Listener anna = await one.ConnectAsync();
        await using Listener bert = await other.ConnectAsync();
        string large = new('x', 20_000);
        await anna.CallAsync("Say", "hello");
        await anna.CallAsync("SayToOthers", large);
        await bert.CallAsync("Say", "good day");
        Assert.Equal(["hello", large, "good day"], [await bert.NextAsync(), await bert.NextAsync(),
            await bert.NextAsync()]);
        Assert.Equal(["hello", "good day"], [await anna.NextAsync(), await anna.NextAsync()]);
    }

    [Fact]
    public async Task Rooms_and_single_clients_are_found_across_instances()
    {
        await using ChatInstance one = await ChatInstance.StartAsync(server.Port, _site);
        await using ChatInstance other = await ChatInstance.StartAsync(server.Port, _site);
        await using Listener anna = await one.ConnectAsync();
        await using Listener bert = await other.ConnectAsync();
        await bert.CallAsync("Join", "room");
        await anna.CallAsync("SayIn", "room", "inside");
        Assert.Equal("inside", await bert.NextAsync());
        await anna.CallAsync("SayTo", bert.Id, "only you");
        Assert.Equal("only you", await bert.NextAsync());
        await bert.CallAsync("Leave", "room");
        await anna.CallAsync("SayIn", "room", "nobody hears");
        await anna.CallAsync("SayTo", bert.Id, "the end");
        Assert.Equal("the end", await bert.NextAsync());
    }

    [Fact]
    public async Task A_client_of_the_other_instance_is_asked_and_answers()
    {
        await using ChatInstance one = await ChatInstance.StartAsync(server.Port, _site);
        await using ChatInstance other = await ChatInstance.StartAsync(server.Port, _site);
        await using Listener anna = await one.ConnectAsync();
        await using Listener bert = await other.ConnectAsync();
        Assert.Equal("you said hello", await anna.AskAsync(bert.Id, "hello"));
    }
}
