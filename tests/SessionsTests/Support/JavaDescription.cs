using System.Globalization;
using System.Text.Json;

namespace SessionGateway.SessionsTests.Support;

/// <summary>Compares decoded attributes with the description that Java gave of them.</summary>
internal sealed class JavaDescription
{
    private readonly Dictionary<int, SessionValue> _objects = [];

    public static void AssertMatches(JsonElement expected, SessionMap actual)
    {
        var properties = expected.EnumerateObject().ToList();
        Assert.Equal(properties.Count, actual.Count);
        var description = new JavaDescription();
        foreach ((JsonProperty property, SessionEntry entry) in properties.Zip(actual))
        {
            Assert.Equal(property.Name, entry.Key.ToString());
            description.Check(property.Value, entry.Value);
        }
    }

    private void Check(JsonElement expected, SessionValue actual)
    {
        if (expected.ValueKind != JsonValueKind.Object)
        {
            CheckPrimitive(expected, actual);
            return;
        }

        string type = expected.GetProperty("t").GetString()!;
        if (expected.TryGetProperty("oid", out JsonElement id) && type != "same")
        {
            _objects.Add(id.GetInt32(), actual);
        }

        switch (type)
        {
            case "null":
                Assert.True(actual.IsNull);
                break;
            case "same":
                Assert.True(_objects[id.GetInt32()].AsObject().IsSame(actual.AsObject()));
                break;
            case "str" when expected.TryGetProperty("chars", out JsonElement length):
                Assert.Equal(length.GetInt32(), actual.AsString().Length);
                break;
            case "str":
                Assert.Equal(expected.GetProperty("v").GetString(), actual.AsString());
                break;
            case "java.lang.Integer" or "java.lang.Long" or "java.lang.Short" or "java.lang.Byte":
                Assert.Equal(expected.GetProperty("v").GetString(),
                    actual.AsInt64().ToString(CultureInfo.InvariantCulture));
                Assert.Equal(HintOf(type), actual.Hint);
                break;
            case "java.lang.Character":
                Assert.Equal(expected.GetProperty("v").GetString(), actual.AsString());
                Assert.Equal(SessionHint.Character, actual.Hint);
                break;
            case "java.lang.Boolean":
                Assert.Equal(expected.GetProperty("v").GetString(), actual.AsBoolean() ? "true" : "false");
                break;
            case "java.lang.Double" or "java.lang.Float":
                double number = ParseDouble(expected.GetProperty("v").GetString()!);
                Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(actual.AsDouble()));
                break;
            case var _ when expected.TryGetProperty("items", out JsonElement items):
                Assert.True(actual.AsMap().IsList);
                CheckAll(items, actual.AsMap());
                break;
            case var _ when expected.TryGetProperty("entries", out JsonElement entries):
                CheckEntries(entries, actual.AsMap());
                break;
            case var _ when expected.TryGetProperty("toString", out JsonElement text):
                Assert.Equal(type, actual.AsObject().ClassName);
                Assert.Equal(text.GetString(), actual.AsObject().CaseName);
                break;
            default:
                CheckFields(expected, type, actual.AsObject());
                break;
        }
    }

    private static void CheckPrimitive(JsonElement expected, SessionValue actual)
    {
        if (expected.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(expected.GetString(), actual.AsString());
        }
        else if (actual.Kind == SessionKind.Double)
        {
            Assert.Equal(expected.GetDouble(), actual.AsDouble());
        }
        else
        {
            Assert.Equal(expected.GetInt64(), actual.AsInt64());
        }
    }

    private void CheckAll(JsonElement items, SessionMap actual)
    {
        Assert.Equal(items.GetArrayLength(), actual.Count);
        foreach ((JsonElement item, SessionEntry entry) in items.EnumerateArray().Zip(actual))
        {
            Check(item, entry.Value);
        }
    }

    private void CheckEntries(JsonElement entries, SessionMap actual)
    {
        Assert.Equal(entries.GetArrayLength(), actual.Count);
        foreach ((JsonElement pair, SessionEntry entry) in entries.EnumerateArray().Zip(actual))
        {
            Assert.Equal(pair[0].GetProperty("v").GetString(), entry.Key.ToString());
            Check(pair[1], entry.Value);
        }
    }

    private void CheckFields(JsonElement expected, string type, SessionObject actual)
    {
        Assert.Equal(type, actual.ClassName);
        var fields = expected.EnumerateObject().Where(field => field.Name is not ("t" or "oid")).ToList();
        Assert.Equal(fields.Count, actual.Properties.Count);
        foreach (JsonProperty field in fields)
        {
            Check(field.Value, actual.Properties[field.Name]);
        }
    }

    private static SessionHint HintOf(string type) => type switch
    {
        "java.lang.Long" => SessionHint.Int64,
        "java.lang.Short" => SessionHint.Int16,
        "java.lang.Byte" => SessionHint.Int8,
        _ => SessionHint.Int32,
    };

    private static double ParseDouble(string text) => text switch
    {
        "NaN" => BitConverter.Int64BitsToDouble(0x7ff8_0000_0000_0000),
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
