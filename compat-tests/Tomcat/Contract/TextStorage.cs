using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>memcachedProtocol=text.</summary>
internal sealed class TextStorage(RawConnection connection) : IStorage
{
    public bool Add(string key, int exptime, byte[] value) =>
        Store("add", key, exptime, value, "NOT_STORED\r\n");

    public bool Set(string key, int exptime, byte[] value) =>
        Store("set", key, exptime, value, "SERVER_ERROR object too large for cache\r\n");

    public byte[]? Get(string key)
    {
        connection.Send($"get {key}\r\n");
        string line = Line();
        if (line == "END\r\n")
            return null;
        string start = $"VALUE {key} 0 ";
        if (!line.StartsWith(start, StringComparison.Ordinal))
            throw new InvalidOperationException($"get was answered with {line}");
        byte[] value = connection.ReadExactly(int.Parse(line.AsSpan(start.Length).TrimEnd()));
        string end = Encoding.Latin1.GetString(connection.ReadExactly("\r\nEND\r\n".Length));
        return end == "\r\nEND\r\n" ? value : throw new InvalidOperationException($"a value ends with {end}");
    }

    public bool Delete(string key)
    {
        connection.Send($"delete {key}\r\n");
        return Answer("DELETED\r\n", "NOT_FOUND\r\n");
    }

    public void Dispose() => connection.Dispose();

    private bool Store(string verb, string key, int exptime, byte[] value, string no)
    {
        // One write, as spymemcached does for all but large values.
        connection.Send([.. Encoding.Latin1.GetBytes($"{verb} {key} 0 {exptime} {value.Length}\r\n"), .. value,
            .. "\r\n"u8]);
        return Answer("STORED\r\n", no);
    }

    private bool Answer(string yes, string no)
    {
        string line = Line();
        return line == yes || (line == no ? false : throw new InvalidOperationException($"answered {line}"));
    }

    private string Line() => connection.ReadThrough("\r\n");
}
