using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SessionGateway.Sessions.Json;

/// <summary>Lays the JSON view out as lines: one pass over its tokens.</summary>
/// <param name="isMasked">Whether all text describes values and needs no quotes.</param>
internal sealed class JsonOutline(bool isMasked)
{
    // Beside the levels of the tree: {"$base64":…} and the like.
    private const int MarkerLevels = 2;

    private readonly StringBuilder _text = new();
    private readonly Stack<int> _indexes = new();
    private string? _name;

    /// <summary>The lines, each ended by a line feed.</summary>
    public string Of(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json,
            new JsonReaderOptions { MaxDepth = Math.Min(maxDepth, 1_000_000) + MarkerLevels });
        JsonTokenType opened = JsonTokenType.None;
        while (reader.Read())
        {
            if (opened != JsonTokenType.None && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray
                && IsEndOf(opened, reader.TokenType))
            {
                Close(opened);
                opened = JsonTokenType.None;
                continue;
            }

            if (opened != JsonTokenType.None)
            {
                Descend(opened);
                opened = JsonTokenType.None;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _name = Name(reader.GetString()!);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    opened = reader.TokenType;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _indexes.Pop();
                    break;
                default:
                    Line(Value(ref reader));
                    break;
            }
        }

        return _text.ToString();
    }

    private static bool IsEndOf(JsonTokenType opened, JsonTokenType end) =>
        (opened == JsonTokenType.StartObject) == (end == JsonTokenType.EndObject);

    /// <summary>A container without content; an empty session has no lines.</summary>
    private void Close(JsonTokenType opened)
    {
        if (_indexes.Count > 0)
        {
            Line(opened == JsonTokenType.StartArray ? "[]" : "{}");
        }
    }

    private void Descend(JsonTokenType opened)
    {
        if (_indexes.Count > 0)
        {
            Line("");
        }

        // Objects count too: -1 never becomes an index.
        _indexes.Push(opened == JsonTokenType.StartArray ? 0 : -1);
    }

    private void Line(string value)
    {
        _text.Append(' ', Math.Max(0, _indexes.Count - 1) * 2);
        if (_indexes.TryPeek(out int index))
        {
            if (index >= 0)
            {
                _text.Append(CultureInfo.InvariantCulture, $"[{_indexes.Pop()}]");
                _indexes.Push(index + 1);
            }
            else
            {
                _text.Append(_name);
            }

            _text.Append(value.Length == 0 ? ":" : ": ");
        }

        _text.Append(value).Append('\n');
    }

    private string Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when isMasked => Escaped(reader.GetString()!),
        JsonTokenType.String => Quoted(reader.GetString()!),
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private static string Name(string name) =>
        name.Length == 0 || name.Any(c => c is ':' or '"' or '[' || char.IsWhiteSpace(c))
            ? Quoted(name) : Escaped(name);

    private static string Quoted(string text) =>
        '"' + Escaped(text.Replace("\"", "\\\"", StringComparison.Ordinal)) + '"';

    /// <summary>Control characters, and those that change the direction or order of others, as their numbers.</summary>
    private static string Escaped(string text)
    {
        if (!text.Any(NeedsEscape))
        {
            return text;
        }

        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            if (NeedsEscape(c))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    private static bool NeedsEscape(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
