using System.Text.Json;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>
/// What COMMAND DOCS tells beside the descriptor: arguments, and which commands are old. Recorded from redis-server
/// 7.0.15 as its answer is (maps as lists of names and values); commands of later versions have none.
/// </summary>
internal static class CommandDocuments
{
    private static readonly string[] Names = ["doc_flags", "deprecated_since", "replaced_by", "arguments"];

    // Read when somebody asks first: most processes are never asked.
    private static readonly Lazy<JsonElement> All = new(Read);

    /// <summary>How many fields a command has.</summary>
    public static int CountOf(RespCommand command) =>
        All.Value.TryGetProperty(command.Name, out JsonElement fields) ? fields.EnumerateObject().Count() : 0;

    /// <summary>Writes them.</summary>
    public static void Write(OutputBuffer output, RespCommand command, int version)
    {
        if (!All.Value.TryGetProperty(command.Name, out JsonElement fields))
        {
            return;
        }

        foreach (string name in Names)
        {
            if (fields.TryGetProperty(name, out JsonElement value))
            {
                output.WriteBulk(name);
                WriteField(output, name, value, version);
            }
        }
    }

    private static void WriteField(OutputBuffer output, string name, JsonElement value, int version)
    {
        switch (name)
        {
            case "arguments":
                output.WriteArray(value.GetArrayLength());
                foreach (JsonElement argument in value.EnumerateArray())
                {
                    WriteArgument(output, argument, version);
                }

                break;
            case "doc_flags" or "flags":
                output.WriteSet(value.GetArrayLength(), version);
                foreach (JsonElement flag in value.EnumerateArray())
                {
                    output.WriteSimple(System.Text.Encoding.ASCII.GetBytes(flag.GetString()!));
                }

                break;
            default:
                WriteScalar(output, value);
                break;
        }
    }

    private static void WriteArgument(OutputBuffer output, JsonElement argument, int version)
    {
        output.WriteMap(argument.GetArrayLength() / 2, version);
        for (int i = 0; i < argument.GetArrayLength(); i += 2)
        {
            string name = argument[i].GetString()!;
            output.WriteBulk(name);
            WriteField(output, name, argument[i + 1], version);
        }
    }

    private static void WriteScalar(OutputBuffer output, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            output.WriteInteger(value.GetInt64());
        }
        else
        {
            output.WriteBulk(value.GetString()!);
        }
    }

    private static JsonElement Read()
    {
        using Stream stream = typeof(CommandDocuments).Assembly.GetManifestResourceStream("command-documents.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
