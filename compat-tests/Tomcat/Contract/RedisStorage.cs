using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>memcachedNodes=redis://host: the commands of the manager's Jedis client.</summary>
internal sealed class RedisStorage(RawConnection connection) : IStorage
{
    public bool Add(string key, int exptime, byte[] value)
    {
        if (!Number("SETNX", key, value))
            return false;
        return exptime == 0 || Number("EXPIRE", key, $"{exptime}");
    }

    public bool Set(string key, int exptime, byte[] value)
    {
        if (exptime == 0)
            Send("SET", key, value);
        else
            Send("SETEX", key, $"{exptime}", value);
        return Line() == "+OK\r\n";
    }

    public byte[]? Get(string key)
    {
        Send("GET", key);
        int length = int.Parse(Line().AsSpan(1).TrimEnd());
        if (length < 0)
            return null;
        byte[] value = connection.ReadExactly(length);
        return Line() == "\r\n" ? value : throw new InvalidOperationException("a value without its end");
    }

    public bool Delete(string key) => Number("DEL", key);

    public void Dispose() => connection.Dispose();

    private bool Number(params object[] command)
    {
        Send(command);
        return Line() switch
        {
            ":1\r\n" => true,
            ":0\r\n" => false,
            string other => throw new InvalidOperationException($"{command[0]} was answered with {other}"),
        };
    }

    private void Send(params object[] command)
    {
        var bytes = new List<byte>(Encoding.Latin1.GetBytes($"*{command.Length}\r\n"));
        foreach (object argument in command)
        {
            byte[] value = argument as byte[] ?? Encoding.Latin1.GetBytes((string)argument);
            bytes.AddRange(Encoding.Latin1.GetBytes($"${value.Length}\r\n"));
            bytes.AddRange(value);
            bytes.AddRange("\r\n"u8);
        }
        connection.Send(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
    }

    private string Line() => connection.ReadThrough("\r\n");
}
