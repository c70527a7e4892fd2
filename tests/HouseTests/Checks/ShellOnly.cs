using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>Sockets, threads, clocks, randomness, files, configuration and logging belong to the shell.</summary>
internal static class ShellOnly
{
    private static readonly string[] Prefixes =
    [
        "System.Net.", "System.IO.File", "System.IO.Directory", "System.IO.Pipelines.", "System.Console",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Threading.Thread", "System.Threading.Timer", "System.Threading.Tasks.Task.Run",
        "System.Threading.Tasks.Task.Delay", "Microsoft.Extensions.", "Microsoft.AspNetCore.",
    ];

    private static readonly string[] Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.get_System",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64", "System.Random.get_Shared",
        "System.Guid.NewGuid", "System.Environment.GetEnvironmentVariable", "System.Environment.Exit",
    ];

    // ThreadStatic data and thread identity are no threads of one's own.
    private static readonly string[] Harmless =
        ["System.Threading.ThreadLocal`1", "System.Threading.Thread.get_CurrentThread", "System.Net.IPAddress"];

    // A library for other programs takes a TimeProvider and falls back to the system's, and seeds the hash of a
    // session's keys by itself: RandomNumberGenerator, which would do as well, needs OpenSSL.
    private static readonly string[] Permitted =
    [
        "SessionGateway.Sessions uses System.Guid.NewGuid",
        "SessionGateway.Sessions uses System.TimeProvider.get_System",
        "SessionGateway.AspNetCore uses System.TimeProvider.get_System",
        "SessionGateway.AspNetCore uses System.Threading.Tasks.Task.Delay",
    ];

    // What a library for ASP.NET Core is made of, responses' bodies with it; sockets, threads, clocks and files are its
    // host's all the same.
    private static readonly string[] GuestPrefixes = ["Microsoft.Extensions.", "Microsoft.AspNetCore.",
        "System.IO.Pipelines."];

    /// <summary>What an assembly uses and may not.</summary>
    public static IEnumerable<string> Violations(BuiltAssembly assembly) =>
        assembly.Uses.Where(use => IsForbidden(use) && !IsOfGuest(assembly, use)).Distinct().Select(
            use => $"{assembly.Name} uses {use}").Except(Permitted);

    private static bool IsOfGuest(BuiltAssembly assembly, string use) => assembly.Name == Rooms.AssemblyOf(Rooms.Guest)
        && GuestPrefixes.Any(prefix => use.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsForbidden(string use) => !Harmless.Contains(use)
        && (Members.Contains(use) || Prefixes.Any(p => use.StartsWith(p, StringComparison.Ordinal)));
}
