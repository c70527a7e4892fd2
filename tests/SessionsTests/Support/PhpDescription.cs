using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SessionGateway.SessionsTests.Support;

/// <summary>Compares a decoded value with the description that PHP gave of it, references and identity
/// included.</summary>
internal sealed class PhpDescription
{
    private readonly Dictionary<int, SessionValue> _references = [];
    private readonly Dictionary<int, SessionObject> _objects = [];

    public static void AssertMatches(JsonElement expected, SessionValue actual) =>
        new PhpDescription().Check(expected, actual, "$");

    private void Check(JsonElement expected, SessionValue actual, string path)
    {
        string? type = expected.GetProperty("t").GetString();
        switch (type)
        {
            case "ref":
                Assert.True(actual.IsReference, path);
                _references.Add(expected.GetProperty("rid").GetInt32(), actual);
                Check(expected.GetProperty("v"), actual, path);
                break;
            case "refto":
                Assert.True(actual.IsReference, path);
                Assert.True(SharesPlace(_references[expected.GetProperty("rid").GetInt32()], actual), path);
                break;
            case "objref":
                Assert.True(_objects[expected.GetProperty("oid").GetInt32()].IsSame(actual.AsObject()), path);
                break;
            case "null":
                Assert.True(actual.IsNull, path);
                break;
            case "bool":
                Assert.Equal(expected.GetProperty("v").GetBoolean(), actual.AsBoolean());
                break;
            case "int":
                Assert.Equal(long.Parse(expected.GetProperty("v").GetString()!, CultureInfo.InvariantCulture),
                    actual.AsInt64());
                break;
            case "float":
                long bits = Convert.ToInt64(expected.GetProperty("hex").GetString(), 16);
                Assert.Equal(bits, BitConverter.DoubleToInt64Bits(actual.AsDouble()));
                break;
            case "str":
                CheckBytes(expected, actual.AsBytes(), path);
                break;
            case "arr":
                CheckPairs(expected.GetProperty("e"), actual.AsMap(), path);
                break;
            case "enum":
                _objects.Add(expected.GetProperty("oid").GetInt32(), actual.AsObject());
                Assert.Equal(SessionObjectBody.EnumCase, actual.AsObject().Body);
                Assert.Equal(expected.GetProperty("class").GetString(), actual.AsObject().ClassName);
                Assert.Equal(expected.GetProperty("case").GetString(), actual.AsObject().CaseName);
                break;
            case "obj":
                CheckObject(expected, actual.AsObject(), path);
                break;
            default:
                Assert.Fail($"{path}: description of type {type}");
                break;
        }
    }

    private void CheckObject(JsonElement expected, SessionObject actual, string path)
    {
        _objects.Add(expected.GetProperty("oid").GetInt32(), actual);
        Assert.Equal(expected.GetProperty("class").GetString(), actual.ClassName);
        if (actual.Body == SessionObjectBody.Payload)
        {
            Assert.Contains("Serializable", expected.GetProperty("via").GetString(), StringComparison.Ordinal);
            return;
        }

        JsonElement props = expected.GetProperty("props");
        if (props.GetArrayLength() == 0 || props[0].ValueKind == JsonValueKind.Array)
        {
            CheckPairs(props, actual.Properties, path);
            return;
        }

        var defined = actual.Properties.Where(p => p.Value.Kind != SessionKind.Undefined).ToList();
        var described = props.EnumerateArray().ToList();
        Assert.Equal(described.Count, defined.Count);
        foreach ((JsonElement prop, SessionEntry entry) in described.Zip(defined))
        {
            string name = prop.GetProperty("n").GetString()!;
            string mangled = prop.GetProperty("vis").GetString() switch
            {
                "prot" => "\0*\0" + name,
                "priv" => $"\0{prop.GetProperty("decl").GetString()}\0{name}",
                _ => name,
            };
            Assert.Equal(mangled, entry.Key.ToString());
            Check(prop.GetProperty("v"), entry.Value, $"{path}->{name}");
        }
    }

    private void CheckPairs(JsonElement pairs, SessionMap actual, string path)
    {
        Assert.Equal(pairs.GetArrayLength(), actual.Count);
        foreach ((JsonElement pair, SessionEntry entry) in pairs.EnumerateArray().Zip(actual))
        {
            string inner = $"{path}[{entry.Key}]";
            if (pair[0].TryGetProperty("i", out JsonElement number))
            {
                Assert.True(entry.Key.IsInteger, inner);
                Assert.Equal(number.GetString(), entry.Key.ToString());
            }
            else
            {
                Assert.False(entry.Key.IsInteger, inner);
                byte[] key = pair[0].TryGetProperty("s", out JsonElement text)
                    ? Encoding.UTF8.GetBytes(text.GetString()!)
                    : pair[0].GetProperty("b64").GetBytesFromBase64();
                Assert.Equal(key, entry.Key.Bytes.ToArray());
            }

            Check(pair[1], entry.Value, inner);
        }
    }

    private static void CheckBytes(JsonElement expected, ReadOnlySpan<byte> actual, string path)
    {
        Assert.Equal(expected.GetProperty("len").GetInt32(), actual.Length);
        if (expected.TryGetProperty("v", out JsonElement text))
        {
            Assert.Equal(Encoding.UTF8.GetBytes(text.GetString()!), actual.ToArray());
        }
        else if (expected.TryGetProperty("b64", out JsonElement base64))
        {
            Assert.Equal(base64.GetBytesFromBase64(), actual.ToArray());
        }
        else
        {
            string hash = Convert.ToHexString(SHA256.HashData(actual));
            Assert.True(hash.Equals(expected.GetProperty("sha256").GetString(), StringComparison.OrdinalIgnoreCase),
                path);
        }
    }

    /// <summary>Whether setting one place sets the other: what a PHP reference is.</summary>
    private static bool SharesPlace(SessionValue a, SessionValue b) => a.Tree.Resolve(a.Node) == b.Tree.Resolve(b.Node);
}
