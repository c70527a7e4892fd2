using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire;

/// <summary>
/// The scripts under Samples/lua, divided by lines of three dashes. Lines that begin with <c>--&gt;</c> are what stands
/// behind the script of one EVAL each: number of keys, keys, arguments.
/// </summary>
internal static class LuaCorpus
{
    private const string Call = "-->";

    private const string UsualCall = "2 s n a1 22 \"x y\"";

    /// <summary>The files.</summary>
    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Root, "*.lua").Select(f => Path.GetFileName(f)!);

    private static string Root => Path.Combine(Repository.Root, "compat-tests", "Wire", "Samples", "lua");

    /// <summary>The scripts of a file, each with its calls.</summary>
    public static IEnumerable<(string Script, string[] Calls)> Read(string file)
    {
        string text = File.ReadAllText(Path.Combine(Root, file), Encoding.Latin1);
        foreach (string part in text.TrimEnd('\n').Split("\n---\n"))
        {
            string[] calls = [.. part.Split('\n').Where(IsCall).Select(line => line[Call.Length..])];
            string script = string.Join('\n', part.Split('\n').Where(line => !IsCall(line)));
            yield return (script, calls.Length == 0 ? [UsualCall] : calls);
        }
    }

    private static bool IsCall(string line) => line.StartsWith(Call, StringComparison.Ordinal);
}
