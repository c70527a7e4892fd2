namespace SessionGateway.HouseTests.Checks;

/// <summary>The solution holds every project, so that the test command builds and runs all.</summary>
internal static class Solution
{
    /// <summary>Projects outside the solution, and why.</summary>
    public static IReadOnlyDictionary<string, string> Outside { get; } = new Dictionary<string, string>
    {
        ["compat-tests/DotNet/EnyimMemcached/EnyimMemcached.csproj"] =
            "EnyimMemcachedCore is not in the package registry of this build: the program is built and run elsewhere",
    };

    /// <summary>Projects that are missing in it, and those that it names but do not exist.</summary>
    public static IEnumerable<string> Violations(
        string solution, IReadOnlyCollection<string> projects, IReadOnlyDictionary<string, string> outside)
    {
        string[] named =
        [
            .. solution.Split('"').Where(part => part.EndsWith(".csproj", StringComparison.Ordinal))
                .Select(part => part.Replace('\\', '/')),
        ];
        return
        [
            .. projects.Except(named).Where(p => !outside.ContainsKey(p)).Select(p => $"{p} is not in the solution"),
            .. named.Except(projects).Select(p => $"{p} does not exist"),
            .. outside.Keys.Where(p => named.Contains(p) || !projects.Contains(p)).Select(p => $"{p} is no exception"),
        ];
    }
}
