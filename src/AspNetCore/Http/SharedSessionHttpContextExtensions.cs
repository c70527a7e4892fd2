using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SessionGateway.AspNetCore;

/// <summary>The session of a request.</summary>
public static class SharedSessionHttpContextExtensions
{
    /// <summary>The session, read by the first member that needs it, which then blocks.</summary>
    /// <exception cref="InvalidOperationException"><c>UseSharedSession</c> is not in the request's way.</exception>
    public static SharedSession SharedSession(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<ISessionFeature>()?.Session as SharedSession
            ?? throw new InvalidOperationException("There is no shared session here: call app.UseSharedSession() before.");
    }

    /// <summary>The session, read without blocking.</summary>
    /// <exception cref="InvalidOperationException"><c>UseSharedSession</c> is not in the request's way.</exception>
    /// <exception cref="SharedSessionException">The lock stayed another's for as long as the options wait.</exception>
    public static async Task<SharedSession> SharedSessionAsync(this HttpContext context)
    {
        var session = context.SharedSession();
        await session.LoadAsync(context.RequestAborted);
        return session;
    }
}
