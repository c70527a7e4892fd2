using System.Net;
using System.Text.Json;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>A user: keeps the session cookie and asks whichever app server the balancer chooses.</summary>
internal sealed class Browser : IDisposable
{
    private const string CookieName = "PHPSESSID";
    private static readonly Uri AnyPort = new("http://127.0.0.1/");

    private readonly Site _site;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    /// <param name="site">The application.</param>
    /// <param name="sessionId">Session id the browser comes with; null for none.</param>
    public Browser(Site site, string? sessionId = null)
    {
        _site = site;
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies })
        {
            Timeout = TimeSpan.FromMinutes(3),
        };
        if (sessionId is not null)
            _cookies.Add(AnyPort, new Cookie(CookieName, sessionId));
    }

    /// <summary>The id in the cookie, or null.</summary>
    public string? SessionId => _cookies.GetCookies(AnyPort)[CookieName]?.Value;

    /// <summary>Settings that the application makes with ini_set in each request.</summary>
    public Dictionary<string, string> Ini { get; } = [];

    /// <summary>Asks a page of session.php and expects that nothing goes wrong in it.</summary>
    public async Task<Reply> Ask(int server, string query)
    {
        Reply reply = await Try(server, query);
        if (reply.Complaint is { } complaint)
            throw new InvalidOperationException($"{query} on server {server}: {complaint}");
        return reply;
    }

    /// <summary>Asks a page of session.php.</summary>
    public Task<Reply> Try(int server, string query) => Get(server, $"session.php?do={query}");

    /// <summary>Asks any page.</summary>
    public async Task<Reply> Get(int server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get,
            $"http://127.0.0.1:{_site.Servers[server].Port}/{path}");
        if (Ini.Count > 0)
            request.Headers.Add("X-Ini", JsonSerializer.Serialize(Ini));
        using HttpResponseMessage response = await _client.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        try
        {
            return JsonSerializer.Deserialize<Reply>(body, JsonSerializerOptions.Web)!;
        }
        catch (JsonException)
        {
            throw new InvalidOperationException(
                $"{path}: {(int)response.StatusCode} {body}\n{_site.Servers[server].Log}");
        }
    }

    public void Dispose() => _client.Dispose();
}
