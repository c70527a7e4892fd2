using System.Runtime.CompilerServices;

namespace SessionGateway.UnitTests.Support;

/// <summary>Files of the source tree, wherever the tests were built to.</summary>
internal static class RepositoryFiles
{
    /// <summary>The path of a file of the repository.</summary>
    public static string PathOf(string relative, [CallerFilePath] string here = "")
    {
        foreach (string start in (string[])[Path.GetDirectoryName(here)!, AppContext.BaseDirectory])
        {
            for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "Gateway.sln")))
                {
                    return Path.Combine(folder, relative);
                }
            }
        }

        throw new InvalidOperationException($"no Gateway.sln above {here} or {AppContext.BaseDirectory}");
    }
}
