using System.Text.Json;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Sessions;

/// <summary>Asks a real PHP to decode payloads, many in one process.</summary>
internal static class PhpOracle
{
    public static IReadOnlyList<PhpAnswer> Ask(IReadOnlyList<(string Handler, byte[] Bytes)> payloads)
    {
        using var directory = new TempDirectory();
        File.WriteAllLines(directory.File("in"),
            payloads.Select(p => $"{p.Handler} {Convert.ToBase64String(p.Bytes)}"));
        string script = Path.Combine(AppContext.BaseDirectory, "programs", "oracle.php");
        Tool.Run("php", [script, directory.Path, directory.File("in"), directory.File("out")],
            timeout: TimeSpan.FromMinutes(3)).Succeeded();
        var answers = File.ReadLines(directory.File("out")).Select(Parse).ToList();
        Assert.Equal(payloads.Count, answers.Count);
        return answers;
    }

    private static PhpAnswer Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new PhpAnswer(
            root.GetProperty("ok").GetBoolean(),
            root.TryGetProperty("value", out JsonElement value) ? value.GetBytesFromBase64() : [],
            root.TryGetProperty("encoded", out JsonElement encoded) && encoded.ValueKind == JsonValueKind.String
                ? encoded.GetBytesFromBase64() : null);
    }
}
