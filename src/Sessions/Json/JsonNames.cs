using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace SessionGateway.Sessions.Json;

/// <summary>Names in the JSON view.</summary>
internal static class JsonNames
{
    private static readonly string[] Markers = ["$base64", "$float", "$class", "$payload", "$case", "$ref"];

    /// <summary>Bytes that a JSON string must escape.</summary>
    public static SearchValues<byte> Escaped { get; } =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\', 0x7f]);

    /// <summary>
    /// How a key is shown: PHP's protected and private properties as <c>name:protected</c> and
    /// <c>name:Class:private</c>, keys that are not UTF-8 as <c>$base64:…</c>, and markers with a second dollar sign.
    /// </summary>
    public static string Shown(ReadOnlySpan<byte> key, bool isProperty)
    {
        if (isProperty && key.Length > 2 && key[0] == 0)
        {
            int end = key[1..].IndexOf((byte)0);
            if (end > 0 && Utf8.IsValid(key))
            {
                string owner = Encoding.UTF8.GetString(key.Slice(1, end));
                string name = Encoding.UTF8.GetString(key[(end + 2)..]);
                return owner == "*" ? name + ":protected" : $"{name}:{owner}:private";
            }
        }

        if (!Utf8.IsValid(key))
        {
            return "$base64:" + Convert.ToBase64String(key);
        }

        string text = Encoding.UTF8.GetString(key);
        return Markers.Contains(text.TrimStart('$') is var bare && text.StartsWith('$') ? "$" + bare : "")
            ? "$" + text : text;
    }
}
