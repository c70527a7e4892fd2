using System.Buffers;
using System.Globalization;
using System.Text;
using SessionGateway.Gateway.SessionTool.Opening;
using SessionGateway.Sessions;

namespace SessionGateway.Gateway.SessionTool;

/// <summary>Prints sessions and bytes to stdout.</summary>
internal static class SessionPrinter
{
    /// <summary>Prints a session as lines or JSON, its values masked unless asked for.</summary>
    /// <exception cref="SessionToolException">It is too large to print, or nobody reads.</exception>
    public static void Print(StoredValue value, OpenedSession session, ToolArguments arguments)
    {
        if (!arguments.Has(ToolVerbs.Reveal))
        {
            session.Tree.MaskValues();
        }

        Write(
            arguments.Has(ToolVerbs.Json)
                ? Json(value, session) : Encoding.UTF8.GetBytes(Heading(value, session) + Lines(value, session)));
    }

    /// <summary>Writes bytes as they are.</summary>
    /// <exception cref="SessionToolException">They cannot be written.</exception>
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(bytes);
            output.Flush();
        }
        catch (IOException e)
        {
            throw new SessionToolException($"cannot write to stdout: {e.Message}");
        }
    }

    private static byte[] Json(StoredValue value, OpenedSession session)
    {
        var json = new ArrayBufferWriter<byte>();
        var options = new SessionEncodeOptions { Limits = SessionOpening.Limits, IsReadBack = false };
        if (!SessionFormats.Json.TryEncode(session.Tree, json, options, out SessionError error))
        {
            throw new SessionToolException($"'{value.Name}': cannot be printed: {error}");
        }

        return Encoding.UTF8.GetBytes(Harmless(Encoding.UTF8.GetString(json.WrittenSpan)) + "\n");
    }

    /// <summary>
    /// JSON leaves control characters above 7f and those that reorder text as they are: here they become their numbers.
    /// They stand in strings only.
    /// </summary>
    private static string Harmless(string json)
    {
        var text = new StringBuilder(json.Length);
        foreach (char c in json)
        {
            bool isHarmless = char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            _ = isHarmless ? text.Append(c) : text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return text.ToString();
    }

    private static string Lines(StoredValue value, OpenedSession session) =>
        SessionText.TryWrite(session.Tree, SessionOpening.Limits, out string? text, out SessionError error)
            ? text
            : throw new SessionToolException($"'{value.Name}': cannot be printed: {error}");

    private static string Heading(StoredValue value, OpenedSession session)
    {
        var text = new StringBuilder($"# {session.Description}, {Count(value.Bytes.Length, "byte")}");
        if (session.Tree.Root.Kind == SessionKind.Map)
        {
            text.Append($", {Count(session.Tree.Variables.Count, "variable")}");
        }

        text.Append('\n');
        if (session.Tree.Metadata is MsmSession tomcat)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"# created {Time(tomcat.CreationTime)}, last accessed {Time(tomcat.ThisAccessedTime)}, ")
                .Append(
                    tomcat.MaxInactiveInterval < 0
                        ? "never ends" : $"ends after {Count(tomcat.MaxInactiveInterval, "second")} without a request")
                .Append(tomcat.IsValid ? "\n" : ", invalidated\n");
        }

        return text.ToString();
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Time(long milliseconds)
    {
        // Years 1 to 9999: a header may hold anything.
        const long first = -62_135_596_800_000;
        const long last = 253_402_300_799_999;
        return milliseconds is >= first and <= last
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'",
                CultureInfo.InvariantCulture)
            : $"{milliseconds} ms after 1970";
    }
}
