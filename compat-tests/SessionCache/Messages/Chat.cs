using Microsoft.AspNetCore.SignalR;

namespace SessionGateway.CompatTests.SessionCache.Messages;

/// <summary>A hub of which the clients of one instance hear what those of the other say.</summary>
internal sealed class Chat : Hub
{
    /// <summary>Says that the hub knows the caller: calls are taken only when it does.</summary>
    public void Arrive()
    {
    }

    public Task Say(string text) => Clients.All.SendAsync("said", text);

    public Task SayToOthers(string text) => Clients.Others.SendAsync("said", text);

    public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    public Task Leave(string room) => Groups.RemoveFromGroupAsync(Context.ConnectionId, room);

    public Task SayIn(string room, string text) => Clients.Group(room).SendAsync("said", text);

    public Task SayTo(string connection, string text) => Clients.Client(connection).SendAsync("said", text);

    /// <summary>Asks the client of another instance, which answers through Redis.</summary>
    public Task<string> Ask(string connection, string text) => Clients.Client(connection).InvokeAsync<string>(
        "answer", text, Context.ConnectionAborted);
}
