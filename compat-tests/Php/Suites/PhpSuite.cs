using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>What the suites have in common.</summary>
/// <typeparam name="TBackend">Where the sessions are kept.</typeparam>
public abstract class PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    private protected const int Left = 0;
    private protected const int Right = 1;

    private protected static TBackend Backend => Stage<TBackend>.Backend;

    /// <summary>A user without a cookie before the application of a setup.</summary>
    private protected static Browser Visitor(Setup setup, string? sessionId = null) =>
        new(Stage<TBackend>.Site(setup), sessionId);

    /// <summary>A session id that no server has seen.</summary>
    private protected static string InventedId() => $"invented{Guid.NewGuid():n}";

    private protected static TheoryData<string> NamesOf(IEnumerable<Setup> setups) =>
        [.. setups.Select(setup => setup.Name)];
}
