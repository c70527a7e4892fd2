using System.Globalization;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>A hash whose fields end, as slow and as obvious as can be: what Redis 8.0's pages say.</summary>
internal sealed class FieldExpiryModel
{
    private readonly Dictionary<string, (string Value, long Ends)> _fields = [];

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; set; }

    /// <summary>EXISTS.</summary>
    public string Exists()
    {
        Clean();
        return _fields.Count > 0 ? ":1" : ":0";
    }

    /// <summary>HLEN.</summary>
    public string Length()
    {
        Clean();
        return $":{_fields.Count}";
    }

    /// <summary>HSET of one field: takes its expiry away.</summary>
    public string Set(string field, string value)
    {
        Clean();
        bool isNew = !_fields.ContainsKey(field);
        _fields[field] = (value, 0);
        return isNew ? ":1" : ":0";
    }

    /// <summary>HDEL of one field.</summary>
    public string Delete(string field)
    {
        Clean();
        return _fields.Remove(field) ? ":1" : ":0";
    }

    /// <summary>HMGET, HGETDEL and HGETEX.</summary>
    public string Get(string[] fields, Action<string>? then = null) => Each(fields, field =>
    {
        if (!_fields.TryGetValue(field, out (string Value, long Ends) found))
        {
            return "$-1";
        }

        then?.Invoke(field);
        return $"${found.Value.Length} {found.Value}";
    });

    /// <summary>What HGETDEL does to a field.</summary>
    public void Remove(string field) => _fields.Remove(field);

    /// <summary>What HGETEX does to a field; 0 is PERSIST, a time that is over ends it.</summary>
    public void End(string field, long at)
    {
        _fields[field] = (_fields[field].Value, at);
        Clean();
    }

    /// <summary>HEXPIRE and its kin.</summary>
    public string Expire(string[] fields, long at, string condition) => Each(fields, field =>
    {
        if (!_fields.TryGetValue(field, out (string Value, long Ends) found))
        {
            return ":-2";
        }

        bool isMet = condition switch
        {
            "NX" => found.Ends == 0,
            "XX" => found.Ends != 0,
            "GT" => found.Ends != 0 && at > found.Ends,
            "LT" => found.Ends == 0 || at < found.Ends,
            _ => true,
        };
        if (!isMet)
        {
            return ":0";
        }

        End(field, at);
        return at <= Now ? ":2" : ":1";
    });

    /// <summary>HTTL and its kin.</summary>
    public string Ttl(string[] fields, bool isAbsolute, bool isSeconds) => Each(fields, field =>
    {
        if (!_fields.TryGetValue(field, out (string Value, long Ends) found))
        {
            return ":-2";
        }

        long left = found.Ends - (isAbsolute ? 0 : Now);
        string text = (isSeconds ? (left + 999) / 1000 : left).ToString(CultureInfo.InvariantCulture);
        return found.Ends == 0 ? ":-1" : $":{text}";
    });

    /// <summary>HPERSIST.</summary>
    public string Persist(string[] fields) => Each(fields, field =>
    {
        if (!_fields.TryGetValue(field, out (string Value, long Ends) found))
        {
            return ":-2";
        }

        _fields[field] = (found.Value, 0);
        return found.Ends == 0 ? ":-1" : ":1";
    });

    /// <summary>HSETEX: all fields or none.</summary>
    public string SetEx(string[] fields, string value, string condition, long at, bool keeps)
    {
        Clean();
        if ((condition == "FNX" && fields.Any(_fields.ContainsKey))
            || (condition == "FXX" && !fields.All(_fields.ContainsKey)))
        {
            return ":0";
        }

        foreach (string field in fields)
        {
            _fields[field] = (value, keeps && _fields.TryGetValue(field, out (string, long Ends) old) ? old.Ends : at);
        }

        Clean();
        return ":1";
    }

    private string Each(string[] fields, Func<string, string> one)
    {
        Clean();
        return $"*{fields.Length} {string.Join(' ', fields.Select(one))}";
    }

    private void Clean()
    {
        foreach ((string field, (string _, long ends)) in _fields.ToList())
        {
            if (ends != 0 && ends <= Now)
            {
                _fields.Remove(field);
            }
        }
    }
}
