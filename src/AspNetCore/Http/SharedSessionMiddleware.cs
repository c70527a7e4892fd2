using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SessionGateway.AspNetCore.State;

namespace SessionGateway.AspNetCore.Http;

/// <summary>Gives each request its session, and stores it or gives it up when the request is over.</summary>
internal sealed class SharedSessionMiddleware(RequestDelegate next, SessionServices services)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var transaction = new SessionTransaction(context, services);
        var before = context.Features.Get<ISessionFeature>();
        context.Features.Set<ISessionFeature>(new SharedSessionFeature(new SharedSession(transaction)));

        // Before the first byte leaves: what the browser asks for next, of any stack, finds the session stored and unlocked,
        // and an id that it is given is known by then.
        context.Response.OnStarting(() => transaction.CommitAsync(close: true));
        try
        {
            await next(context);
            await transaction.CommitAsync(close: true);
        }
        catch (Exception error)
        {
            await transaction.AbortAsync();
            if (transaction.StoreFailure is { } failure && failure != error)
            {
                // The server reports a failure before the first byte as an aborted response; the cause is this.
                ExceptionDispatchInfo.Throw(failure);
            }

            throw;
        }
        finally
        {
            context.Features.Set(before);
        }
    }
}
