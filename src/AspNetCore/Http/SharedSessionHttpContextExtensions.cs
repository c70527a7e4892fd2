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
            ?? throw new InvalidOperationException(
                "There is no shared session here: call app.UseSharedSession() before.");
    }

    /// <summary>The session, read without blocking.</summary>
    /// <exception cref="InvalidOperationException"><c>UseSharedSession</c> is not in the request's way.</exception>
    /// <exception cref="SharedSessionException">The lock stayed another's for as long as the options wait.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, by the token or because the browser went
    /// away.</exception>
    public static async Task<SharedSession> SharedSessionAsync(this HttpContext context,
        CancellationToken cancellationToken = default)
    {
        SharedSession session = context.SharedSession();
        using CancellationTokenSource? either = cancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, cancellationToken)
            : null;
        await session.LoadAsync(either?.Token ?? context.RequestAborted);
        return session;
    }
}
