using System.Globalization;
using System.Text;

namespace SessionGateway.CompatTests.Sessions;

/// <summary>
/// What Java should say of a session of plain values that came from PHP: the documented types (Integer where it fits,
/// else Long; ArrayList, LinkedHashMap with text keys; String or byte[]), written as programs/MsmCheck.java writes it.
/// </summary>
internal static class JavaView
{
    public static string Of(SessionTree tree)
    {
        var text = new StringBuilder();
        int objects = 0;
        foreach (SessionEntry entry in tree.Variables)
        {
            if (!entry.Value.IsNull)
            {
                text.Append('\t').Append(Quote(entry.Key.ToString())).Append('=');
                Describe(entry.Value, text, ref objects);
            }
        }

        return text.ToString();
    }

    private static void Describe(SessionValue value, StringBuilder text, ref int objects)
    {
        switch (value.Kind)
        {
            case SessionKind.Null:
                text.Append("null");
                break;
            case SessionKind.Boolean:
                text.Append("Boolean ").Append(value.AsBoolean() ? "true" : "false");
                break;
            case SessionKind.Int64:
                long number = value.AsInt64();
                text.Append(number == (int)number ? "Integer " : "Long ").Append(
                    number.ToString(CultureInfo.InvariantCulture));
                break;
            case SessionKind.Double:
                text.Append("Double ").Append(
                    BitConverter.DoubleToInt64Bits(value.AsDouble()).ToString("x", CultureInfo.InvariantCulture));
                break;
            case SessionKind.Bytes when value.IsText:
                text.Append(Quote(value.AsString()));
                break;
            case SessionKind.Bytes:
                text.Append("bytes ").Append(Convert.ToHexStringLower(value.AsBytes()));
                break;
            case SessionKind.Map:
                DescribeMap(value.AsMap(), text, ref objects);
                break;
            case SessionKind.Undefined or SessionKind.Object:
            default:
                throw new InvalidOperationException("Only plain values have a Java view.");
        }
    }

    private static void DescribeMap(SessionMap map, StringBuilder text, ref int objects)
    {
        objects++;
        bool isList = map.IsList;
        text.Append(isList ? "java.util.ArrayList[" : "java.util.LinkedHashMap{");
        foreach (SessionEntry entry in map)
        {
            if (!isList)
            {
                text.Append(Quote(entry.Key.ToString())).Append(':');
            }

            Describe(entry.Value, text, ref objects);
            text.Append(',');
        }

        text.Append(isList ? ']' : '}');
    }

    private static string Quote(string value)
    {
        var text = new StringBuilder("'");
        foreach (char c in value)
        {
            text.Append(c is < ' ' or '\'' || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString());
        }

        return text.Append('\'').ToString();
    }
}
