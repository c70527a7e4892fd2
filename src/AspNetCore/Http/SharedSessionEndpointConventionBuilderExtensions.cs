using Microsoft.AspNetCore.Builder;

namespace SessionGateway.AspNetCore;

/// <summary>Says of endpoints how they use the session.</summary>
public static class SharedSessionEndpointConventionBuilderExtensions
{
    /// <summary>The endpoints only read the session: they take no lock and wait for none; a change is an
    /// error.</summary>
    public static TBuilder WithReadOnlySession<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithSession(SharedSessionLocking.ReadOnly);

    /// <summary>The endpoints use the session as said, whatever the options say.</summary>
    public static TBuilder WithSession<TBuilder>(this TBuilder builder, SharedSessionLocking locking)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new SharedSessionLockingAttribute(locking));
}
