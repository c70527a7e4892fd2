using Microsoft.AspNetCore.Builder;
using SessionGateway.AspNetCore.Http;

namespace SessionGateway.AspNetCore;

/// <summary>Puts the shared session into the way of requests.</summary>
public static class SharedSessionApplicationBuilderExtensions
{
    /// <summary>
    /// Gives requests the shared session, in place of <c>UseSession</c>. Call it after UseExceptionHandler (a request
    /// that fails stores nothing) and before whatever uses the session.
    /// </summary>
    public static IApplicationBuilder UseSharedSession(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<SharedSessionMiddleware>();
    }
}
