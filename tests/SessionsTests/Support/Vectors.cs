using System.Text.Json;

namespace SessionGateway.SessionsTests.Support;

/// <summary>The payloads under vectors/ and their descriptions.</summary>
internal static class Vectors
{
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "vectors");

    /// <summary>Limits with room for every vector: the largest has 1 MiB in one string, the deepest 102
    /// levels.</summary>
    public static SessionLimits Roomy { get; } = new()
    {
        MaxBytes = 4 * 1024 * 1024,
        MaxDepth = 128,
        MaxNameBytes = 70_000,
        MaxExpansionRatio = 1000,
    };

    public static SessionEncodeOptions RoomyEncode { get; } = new() { Limits = Roomy };

    /// <summary>Names of the vectors of a folder that have bytes.</summary>
    public static TheoryData<string> Names(string folder)
    {
        var names = new TheoryData<string>();
        foreach (string? file in Directory.GetFiles(Path.Combine(Root, folder), "*.bin").Order(StringComparer.Ordinal))
        {
            names.Add(Path.GetFileNameWithoutExtension(file));
        }

        Assert.NotEmpty(names);
        return names;
    }

    public static byte[] Bytes(string folder, string name) =>
        File.ReadAllBytes(Path.Combine(Root, folder, name + ".bin"));

    public static JsonElement Json(string folder, string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, folder, name + ".json")),
            new JsonDocumentOptions { MaxDepth = 1024 })
            .RootElement;
}
