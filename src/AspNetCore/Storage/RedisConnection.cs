using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace SessionGateway.AspNetCore.Storage;

/// <summary>The one connection of the application to the store, made when it is first needed and again after it failed.</summary>
internal sealed class RedisConnection(IOptions<SharedSessionOptions> options) : IDisposable, IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnectionMultiplexer? _connection;

    /// <summary>The database.</summary>
    public async ValueTask<IDatabase> OpenAsync()
    {
        var connection = _connection ?? await ConnectAsync();
        return connection.GetDatabase(options.Value.Database ?? -1);
    }

    public void Dispose()
    {
        // One that the application made is the application's.
        if (options.Value.ConnectionFactory is null)
        {
            _connection?.Dispose();
        }

        _gate.Dispose();
    }

    /// <summary>Lets commands on their way complete.</summary>
    public async ValueTask DisposeAsync()
    {
        if (options.Value.ConnectionFactory is null && _connection is { } connection)
        {
            await connection.CloseAsync();
            connection.Dispose();
        }

        _gate.Dispose();
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return _connection ??= await (options.Value.ConnectionFactory?.Invoke() ?? ConnectByOptionsAsync());
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IConnectionMultiplexer> ConnectByOptionsAsync()
    {
        var settings = options.Value;
        var configuration = ConfigurationOptions.Parse(settings.Endpoint);

        // A store that is away for a moment must not need a restart of the application.
        configuration.AbortOnConnectFail = false;
        if (settings.Password is not null)
        {
            configuration.Password = settings.Password;
        }

        return await ConnectionMultiplexer.ConnectAsync(configuration);
    }
}
