using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionGateway.AspNetCore.Diagnostics;

namespace SessionGateway.AspNetCore;

/// <summary>Registers the health check.</summary>
public static class SharedSessionHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of the sessions' store: a PING within
    /// <see cref="SharedSessionOptions.OperationTimeout"/>.</summary>
    /// <param name="builder">The application's checks; <c>AddSharedSession</c> must have been called on its
    /// services.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What a store that does not answer is; null is unhealthy.</param>
    /// <param name="tags">Tags to select the check by.</param>
    public static IHealthChecksBuilder AddSharedSession(
        this IHealthChecksBuilder builder, string name = "shared_session", HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<SharedSessionHealthCheck>(name, failureStatus, tags ?? []);
    }
}
