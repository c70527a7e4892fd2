using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionGateway.AspNetCore.Storage;
using StackExchange.Redis;

namespace SessionGateway.AspNetCore.Diagnostics;

/// <summary>Whether the store of the sessions answers.</summary>
internal sealed class SharedSessionHealthCheck(StoreCircuit store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        try
        {
            IDatabase database = await store.OpenAsync(cancellationToken);
            await store.InTimeAsync(database.PingAsync(), cancellationToken);
            return HealthCheckResult.Healthy("The session store answers.");
        }
        catch (Exception error) when (SessionStorage.IsOutage(error))
        {
            // Not the exception itself: the client library puts keys and addresses into it.
            return new HealthCheckResult(context.Registration.FailureStatus,
                $"The session store: {SessionStorage.Describe(error)}.");
        }
    }
}
