using System.Collections.Concurrent;
using SessionGateway.CompatTests.Php.Backends;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>
/// One backend of each kind and one site of each setup for the whole run: starting hundreds of PHP servers would take
/// longer than the tests. Session ids are random, so tests do not meet.
/// </summary>
/// <typeparam name="TBackend">Kind of backend.</typeparam>
internal static class Stage<TBackend>
    where TBackend : IBackend, new()
{
    private static readonly Lazy<TBackend> TheBackend = new(() => Stages.Keep(new TBackend()));
    private static readonly ConcurrentDictionary<Setup, Lazy<Site>> Sites = [];

    /// <summary>The backend.</summary>
    public static TBackend Backend => TheBackend.Value;

    /// <summary>Two app servers with the settings of <paramref name="setup"/>.</summary>
    public static Site Site(Setup setup) =>
        Sites.GetOrAdd(setup, new Lazy<Site>(() => Stages.Keep(new Site([.. setup.Ini(Backend)])))).Value;
}
