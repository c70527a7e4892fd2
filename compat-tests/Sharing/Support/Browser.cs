using System.Net;
using System.Text.Json;

namespace SessionGateway.CompatTests.Sharing.Support;

/// <summary>A user with one cookie for both sites.</summary>
public sealed class Browser : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;
    private readonly Uri _php;
    private readonly Uri _net;

    internal Browser(int phpPort, int netPort, string? sessionId = null)
    {
        (_php, _net) = (new Uri($"http://127.0.0.1:{phpPort}/page.php"), new Uri($"http://127.0.0.1:{netPort}/"));
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies })
            { Timeout = TimeSpan.FromMinutes(3) };
        if (sessionId is not null)
            _cookies.Add(_php, new Cookie("PHPSESSID", sessionId, "/"));
    }

    /// <summary>The id in the cookie; null without one.</summary>
    public string? SessionId => _cookies.GetCookies(_php)["PHPSESSID"]?.Value;

    /// <summary>A page of PHP, which must show no warnings.</summary>
    public async Task<Page> PhpAsync(string query = "")
    {
        Page page = await GetAsync(new Uri(_php, $"?{query}"));
        Assert.Equal("", string.Join("; ", page.Problems));
        return page;
    }

    /// <summary>A page of ASP.NET Core.</summary>
    public Task<Page> NetAsync(string query = "", string path = "") => GetAsync(new Uri(_net, $"{path}?{query}"));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<Page> GetAsync(Uri uri)
    {
        using HttpResponseMessage response = await _client.GetAsync(uri);
        string body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            return new Page { Status = (int)response.StatusCode };
        Page page = JsonSerializer.Deserialize<Page>(body, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"{uri}: {body}");
        return page with { Status = (int)response.StatusCode };
    }
}
