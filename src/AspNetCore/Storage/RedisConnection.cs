using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace SessionGateway.AspNetCore.Storage;

/// <summary>The one connection of the application to the store, made when it is first needed and again after it
/// failed.</summary>
internal sealed class RedisConnection(
    IOptions<SharedSessionOptions> options, IEnumerable<ISharedSessionConnectionFactory> factories) : IDisposable,
        IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ISharedSessionConnectionFactory? _factory = factories.LastOrDefault();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnectionMultiplexer? _connection;

    // One that the application made is the application's.
    private bool IsOurs => options.Value.ConnectionFactory is null && _factory is null;

    /// <summary>The database.</summary>
    public async ValueTask<IDatabase> OpenAsync()
    {
        IConnectionMultiplexer connection = _connection ?? await ConnectAsync();
        return connection.GetDatabase(options.Value.Database ?? -1);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        if (IsOurs)
        {
            _connection?.Dispose();
        }

        _stopping.Dispose();
        _gate.Dispose();
    }

    /// <summary>Lets commands on their way complete.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (IsOurs && _connection is { } connection)
        {
            await connection.CloseAsync();
            connection.Dispose();
        }

        _stopping.Dispose();
        _gate.Dispose();
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return _connection ??= await (options.Value.ConnectionFactory?.Invoke()
                ?? _factory?.ConnectAsync(_stopping.Token)
                ?? ConnectByOptionsAsync());
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IConnectionMultiplexer> ConnectByOptionsAsync()
    {
        SharedSessionOptions settings = options.Value;
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
