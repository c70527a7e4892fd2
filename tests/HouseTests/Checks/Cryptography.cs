using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>
/// Cryptography of the library calls OpenSSL, and where there is none it ends the process: no command may, and a
/// gateway without encryption must not need it (ADR 0027).
/// </summary>
internal static class Cryptography
{
    private const string Namespace = "System.Security" + ".Cryptography";

    // What may: a library for applications that have it, encryption of the log, which asks before whether it is there,
    // and a comparison that is no cryptography.
    private static readonly string[] Allowed =
    [
        "src/AspNetCore/", "src/Durability/", "src/Gateway/Persistence/KeySource.cs", "src/Commands/Credentials.cs",
    ];

    /// <summary>Product files that use it and may not.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files) => files
        .Where(f => f.IsBelow("src") && f.Text.Contains(Namespace, StringComparison.Ordinal)
            && !Allowed.Any(place => f.Path.StartsWith(place, StringComparison.Ordinal)))
        .Select(f => $"{f.Path} uses {Namespace}: without OpenSSL it would end the process");
}
