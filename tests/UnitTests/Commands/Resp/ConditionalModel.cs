using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>
/// Keys with a string or a hash, as slow and as obvious as can be: what the pages of Redis 8.4 and Valkey 9 say of
/// commands that compare before they write.
/// </summary>
internal sealed class ConditionalModel
{
    private const string NotADigest = "-ERR must be exactly 16 hexadecimal characters";
    private const string WrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value";

    // A hash has no value.
    private readonly Dictionary<string, (string? Value, long Ends)> _keys = [];

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; set; }

    /// <summary>SET with one condition or none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="condition">NX, XX, IFEQ and its kin, or nothing.</param>
    /// <param name="operand">What is compared with.</param>
    /// <param name="isGet">GET is asked for.</param>
    /// <param name="ends">When the new value ends; 0: never, -1: as the old one.</param>
    public string Set(string key, string value, string condition, string operand, bool isGet, long ends)
    {
        if (IsOfDigest(condition) && operand.Length != 16)
        {
            return NotADigest;
        }

        bool exists = Find(key, out (string? Value, long Ends) old);
        bool needsValue = isGet || condition.StartsWith("IF", StringComparison.Ordinal);
        if (needsValue && exists && old.Value is null)
        {
            return WrongType;
        }

        bool holds = condition switch
        {
            "" => true,
            "NX" => !exists,
            "XX" => exists,
            "IFEQ" => exists && old.Value == operand,
            "IFNE" => !exists || old.Value != operand,
            "IFDEQ" => exists && IsDigest(old.Value!, operand),
            _ => !exists || !IsDigest(old.Value!, operand),
        };
        if (holds)
        {
            Put(key, value, ends == -1 ? (exists ? old.Ends : 0) : ends);
        }

        return isGet ? Bulk(exists ? old.Value : null) : holds ? "+OK" : "$-1";
    }

    /// <summary>DELEX: what it compares is looked at only for a key that is there and is a string.</summary>
    public string DelEx(string key, string condition, string operand)
    {
        if (!Find(key, out (string? Value, long Ends) old))
        {
            return ":0";
        }

        if (condition.Length > 0 && old.Value is null)
        {
            return "-ERR Key should be of string type if conditions are specified";
        }

        if (IsOfDigest(condition) && operand.Length != 16)
        {
            return NotADigest;
        }

        bool? holds = condition switch
        {
            "" => true,
            "IFEQ" => old.Value == operand,
            "IFNE" => old.Value != operand,
            "IFDEQ" => IsDigest(old.Value!, operand),
            "IFDNE" => !IsDigest(old.Value!, operand),
            _ => null,
        };
        if (holds is null)
        {
            return "-ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE";
        }

        return holds.Value && _keys.Remove(key) ? ":1" : ":0";
    }

    /// <summary>DELIFEQ.</summary>
    public string DelIfEq(string key, string operand) => !Find(key, out (string? Value, long Ends) old) ? ":0"
        : old.Value is null ? WrongType
        : old.Value == operand && _keys.Remove(key) ? ":1" : ":0";

    /// <summary>DIGEST.</summary>
    public string Digest(string key) => !Find(key, out (string? Value, long Ends) old) ? "$-1"
        : old.Value is null ? WrongType : Bulk(DigestOf(old.Value));

    /// <summary>MSETEX: all or none.</summary>
    public string MSetEx((string Key, string Value)[] pairs, string condition, long ends)
    {
        if (condition.Length > 0 && pairs.Any(pair => Find(pair.Key, out _) == (condition == "NX")))
        {
            return ":0";
        }

        foreach ((string key, string value) in pairs)
        {
            Put(key, value, ends == -1 ? (Find(key, out (string? Value, long Ends) old) ? old.Ends : 0) : ends);
        }

        return ":1";
    }

    /// <summary>GET.</summary>
    public string Get(string key) => !Find(key, out (string? Value, long Ends) old) ? "$-1"
        : old.Value is null ? WrongType : Bulk(old.Value);

    /// <summary>PEXPIRETIME.</summary>
    public string ExpireTime(string key) => !Find(key, out (string? Value, long Ends) old) ? ":-2"
        : old.Ends == 0 ? ":-1" : string.Create(CultureInfo.InvariantCulture, $":{old.Ends}");

    /// <summary>DEL and HSET of one field.</summary>
    public string MakeHash(string key)
    {
        _keys[key] = (null, 0);
        return ":1";
    }

    /// <summary>DEL.</summary>
    public void Delete(string key) => _keys.Remove(key);

    /// <summary>The digest of a value, as DIGEST gives it.</summary>
    public static string DigestOf(string value) =>
        XxHash3.HashToUInt64(Encoding.Latin1.GetBytes(value)).ToString("x16", CultureInfo.InvariantCulture);

    private static bool IsOfDigest(string condition) => condition is "IFDEQ" or "IFDNE";

    private static bool IsDigest(string value, string operand) =>
        DigestOf(value).Equals(operand, StringComparison.OrdinalIgnoreCase);

    private static string Bulk(string? text) => text is null ? "$-1" : $"${text.Length} {text}";

    private void Put(string key, string value, long ends)
    {
        _keys[key] = (value, ends);
        Find(key, out _);
    }

    private bool Find(string key, out (string? Value, long Ends) found)
    {
        if (_keys.TryGetValue(key, out found) && found.Ends != 0 && found.Ends <= Now)
        {
            _keys.Remove(key);
            return false;
        }

        return _keys.ContainsKey(key);
    }
}
