using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SessionGateway.AspNetCore.Http;

/// <summary>Makes the session that of <c>HttpContext.Session</c>.</summary>
internal sealed class SharedSessionFeature(ISession session) : ISessionFeature
{
    public ISession Session { get; set; } = session;
}
