using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace SessionGateway.CompatTests.SessionCache.Messages;

/// <summary>A client of the hub and what it has heard.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();

    public Listener(HubConnection connection)
    {
        _connection = connection;
        connection.On<string>("said", text => _heard.Writer.TryWrite(text));
        connection.On<string, string>("answer", text => $"you said {text}");
    }

    public string Id => _connection.ConnectionId!;

    public Task CallAsync(string method, params object?[] arguments) => _connection.InvokeCoreAsync(method, arguments);

    public Task<string> AskAsync(string connection, string text) => _connection.InvokeAsync<string>(
        "Ask", connection, text);

    /// <summary>The next message; a minute is for a busy machine.</summary>
    public async Task<string> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _heard.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
