using System.Net;

namespace SessionGateway.AspNetCoreTests.Support;

/// <summary>What a page of the site answered.</summary>
/// <param name="Status">Status.</param>
/// <param name="Body">Text.</param>
/// <param name="SetCookie">The Set-Cookie header; null where there is none.</param>
internal sealed record Answer(HttpStatusCode Status, string Body, string? SetCookie)
{
    /// <summary>The session id that the browser is given; null where it is given none.</summary>
    public string? NewId => SetCookie?.Split(';')[0].Split('=')[1] is { Length: > 0 } id ? id : null;
}
