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
        ISessionFeature? sessionBefore = context.Features.Get<ISessionFeature>();
        IHttpResponseBodyFeature bodyBefore = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<ISessionFeature>(new SharedSessionFeature(new SharedSession(transaction)));

        // Before the first byte leaves: what the browser asks for next, of any stack, finds the session stored and
        // unlocked, and an id that it is given is known by then.
        var body = new StoringBodyFeature(
            bodyBefore, () => context.Response.HasStarted ? Task.CompletedTask : transaction.CommitAsync(close: true));
        context.Features.Set<IHttpResponseBodyFeature>(body);

        // For whoever gets at the server's own body: there is no way around this one.
        context.Response.OnStarting(() => transaction.CommitAsync(close: true));
        try
        {
            await next(context);
            await body.OpenAsync();
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
            context.Features.Set(bodyBefore);
            context.Features.Set(sessionBefore);
        }
    }
}
