namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>An application on app servers that share nothing but the store.</summary>
internal sealed class Site : IDisposable
{
    /// <summary>Starts the app servers.</summary>
    /// <param name="ini">Settings of all.</param>
    /// <param name="servers">Number of app servers; each serves one request at a time.</param>
    public Site(IReadOnlyCollection<(string Name, string Value)> ini, int servers = 2) =>
        Servers = [.. Enumerable.Range(0, servers).Select(_ => new PhpServer(ini))];

    /// <summary>The app servers.</summary>
    public IReadOnlyList<PhpServer> Servers { get; }

    public void Dispose()
    {
        foreach (PhpServer server in Servers)
            server.Dispose();
    }
}
