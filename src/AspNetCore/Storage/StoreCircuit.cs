using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionGateway.AspNetCore.State;
using StackExchange.Redis;

namespace SessionGateway.AspNetCore.Storage;

/// <summary>
/// The way to the store. When it does not answer, only those who wait already pay with their time: from then on
/// everybody is told at once, and the store is asked in the background until it answers.
/// </summary>
internal sealed class StoreCircuit(
    RedisConnection connection, IOptions<SharedSessionOptions> options, TimeProvider time,
    ILogger<SharedSession> logger) : IDisposable
{
    // The 1.x line of the client continues whoever waits on the thread that reads answers: a page that blocks there
    // (synchronous writes, ISession's members) would wait for an answer that nobody reads.
    private static readonly bool AnswersOnItsReader =
        typeof(ConnectionMultiplexer).Assembly.GetName().Version is { Major: < 2 };

    private readonly CancellationTokenSource _stopping = new();

    // 1 while the store is away and somebody asks it in the background.
    private int _isAway;

    /// <summary>Whether the store is away.</summary>
    public bool IsAway => Volatile.Read(ref _isAway) != 0;

    /// <summary>The database.</summary>
    /// <exception cref="StoreAwayException">The store is away.</exception>
    public Task<IDatabase> OpenAsync(CancellationToken cancellation = default)
    {
        if (IsAway)
        {
            throw new StoreAwayException();
        }

        return InTimeAsync(connection.OpenAsync().AsTask(), cancellation);
    }

    /// <summary>Waits for an answer of the store, for as long as the options say.</summary>
    public async Task<T> InTimeAsync<T>(Task<T> operation, CancellationToken cancellation = default)
    {
        try
        {
            return await operation.WaitAsync(options.Value.OperationTimeout, time, cancellation);
        }
        catch (Exception error) when (SaysAway(error))
        {
            Open(error);
            throw;
        }
        finally
        {
            if (AnswersOnItsReader)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Waits for an answer of the store, for as long as the options say.</summary>
    public Task InTimeAsync(Task operation, CancellationToken cancellation = default) =>
        InTimeAsync(WithResultAsync(operation), cancellation);

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    // An error that the store answers with is an answer.
    private static bool SaysAway(Exception error) => error is RedisConnectionException or TimeoutException;

    private static async Task<bool> WithResultAsync(Task operation)
    {
        await operation;
        return true;
    }

    private void Open(Exception reason)
    {
        if (!_stopping.IsCancellationRequested && Interlocked.Exchange(ref _isAway, 1) == 0)
        {
            SessionLog.StoreAway(logger, SessionStorage.Describe(reason), options.Value.StoreRetryInterval);
            _ = AskUntilItAnswersAsync(time.GetTimestamp());
        }
    }

    private async Task AskUntilItAnswersAsync(long since)
    {
        try
        {
            do
            {
                await Task.Delay(options.Value.StoreRetryInterval, time, _stopping.Token);
            }
            while (!await AnswersAsync());

            Volatile.Write(ref _isAway, 0);
            SessionLog.StoreIsBack(logger, time.GetElapsedTime(since));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            // The application ends.
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            IDatabase database =
                await connection.OpenAsync().AsTask().WaitAsync(options.Value.OperationTimeout, time, _stopping.Token);
            await database.PingAsync().WaitAsync(options.Value.OperationTimeout, time, _stopping.Token);
            return true;
        }
        catch (RedisServerException)
        {
            return true;
        }
        catch (Exception error) when (error is not (OperationCanceledException or ObjectDisposedException))
        {
            // Whatever a connection factory throws: it is tried again.
            return false;
        }
    }
}
