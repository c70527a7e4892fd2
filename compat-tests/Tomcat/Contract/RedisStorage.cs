using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Resp.Client;

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
        RespReplyReader reply = exptime == 0 ? Ask("SET", key, value) : Ask("SETEX", key, $"{exptime}", value);
        return reply.Kind == RespReplyKind.Simple && reply.Text.SequenceEqual("OK"u8);
    }

    public byte[]? Get(string key)
    {
        RespReplyReader reply = Ask("GET", key);
        return reply.Kind switch
        {
            RespReplyKind.Null => null,
            RespReplyKind.Bulk => reply.Text.ToArray(),
            _ => throw new InvalidOperationException($"GET was answered with {reply.Kind}"),
        };
    }

    public bool Delete(string key) => Number("DEL", key);

    public void Dispose() => connection.Dispose();

    private bool Number(params object[] command)
    {
        RespReplyReader reply = Ask(command);
        return reply.Kind == RespReplyKind.Integer && reply.Integer is 0 or 1
            ? reply.Integer == 1
            : throw new InvalidOperationException($"{command[0]} was answered with {reply.Kind}");
    }

    private RespReplyReader Ask(params object[] command)
    {
        connection.Send(RespRequestWriter.Encode(
            [.. command.Select(argument => argument as byte[] ?? Encoding.Latin1.GetBytes((string)argument))]));
        return connection.ReadResp();
    }
}
