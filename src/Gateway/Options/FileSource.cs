using System.Text.Json;

namespace SessionGateway.Gateway.Options;

/// <summary>Options from a JSON file: one object with the names of the options; lists are arrays; comments are
/// allowed.</summary>
internal static class FileSource
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="StartupException">The file cannot be read, is not JSON, or names an unknown option.</exception>
    public static IEnumerable<OptionSetting> Read(string path)
    {
        using JsonDocument document = Parse(path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new StartupException($"{path}: expected one object with options");
        }

        var settings = new List<OptionSetting>();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            string givenAs = $"{path}: {property.Name}";
            OptionDescriptor option = OptionTable.Find(property.Name)
                ?? throw new StartupException($"{path}: unknown option '{property.Name}'");
            if (settings.Any(s => s.Option == option))
            {
                throw new StartupException($"{givenAs} is given twice");
            }

            settings.Add(new OptionSetting(option, givenAs, Values(property.Value, option, givenAs)));
        }

        return settings;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
        }
        catch (JsonException e)
        {
            throw new StartupException($"{path}: not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = e switch
            {
                FileNotFoundException or DirectoryNotFoundException => "no such file",
                _ when Directory.Exists(path) => "it is a folder; name the file in it",
                UnauthorizedAccessException => "no permission; the user of the gateway must be able to read it",
                _ => e.Message,
            };
            throw new StartupException($"cannot read {path}: {reason}");
        }
    }

    private static List<string> Values(JsonElement element, OptionDescriptor option, string givenAs) =>
        element.ValueKind == JsonValueKind.Array && option.IsRepeatable
            ? [.. element.EnumerateArray().Select(item => Scalar(item, givenAs))]
            : [Scalar(element, givenAs)];

    private static string Scalar(JsonElement element, string givenAs) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new StartupException($"{givenAs}: expected a string, a number, true or false"),
    };
}
