using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>memcachedProtocol=text.</summary>
internal sealed class TextStorage(RawConnection connection) : IStorage
{
    public bool Add(string key, int exptime, byte[] value) => Store("add", key, exptime, value, "NOT_STORED"u8);

    public bool Set(string key, int exptime, byte[] value) =>
        Store("set", key, exptime, value, "SERVER_ERROR object too large for cache"u8);

    public byte[]? Get(string key)
    {
        connection.Send($"get {key}\r\n");
        TextReply reply = connection.ReadText();
        if (reply.Is("END"u8))
            return null;
        bool isRight = reply.IsValue && reply.Flags == 0 && Encoding.Latin1.GetString(reply.Key) == key;
        if (!isRight || !connection.ReadText().Is("END"u8))
            throw new InvalidOperationException($"get was answered with {Encoding.Latin1.GetString(reply.Line)}");
        return reply.Value.ToArray();
    }

    public bool Delete(string key)
    {
        connection.Send($"delete {key}\r\n");
        return Answer("DELETED"u8, "NOT_FOUND"u8);
    }

    public void Dispose() => connection.Dispose();

    private bool Store(string verb, string key, int exptime, byte[] value, ReadOnlySpan<byte> no)
    {
        // One write, as spymemcached does for all but large values.
        connection.Send(Requests.Text(verb, key, exptime, value));
        return Answer("STORED"u8, no);
    }

    private bool Answer(ReadOnlySpan<byte> yes, ReadOnlySpan<byte> no)
    {
        TextReply reply = connection.ReadText();
        return reply.Is(yes) || (reply.Is(no)
            ? false
            : throw new InvalidOperationException($"answered {Encoding.Latin1.GetString(reply.Line)}"));
    }
}
