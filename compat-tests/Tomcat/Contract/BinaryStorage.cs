using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>memcachedProtocol=binary; answers are checked as strictly as spymemcached reads them.</summary>
internal sealed class BinaryStorage(RawConnection connection) : IStorage
{
    private const ushort Success = 0;
    private const ushort NotFound = 1;
    private const ushort Exists = 2;
    private const ushort TooLarge = 3;

    private uint _opaque;

    public bool Add(string key, int exptime, byte[] value)
    {
        BinaryReply reply = Ask(BinaryFrame.Storage(BinaryFrame.Add, ++_opaque, key, exptime, value));
        return Stored(reply, Exists);
    }

    public bool Set(string key, int exptime, byte[] value)
    {
        BinaryReply reply = Ask(BinaryFrame.Storage(BinaryFrame.Set, ++_opaque, key, exptime, value));
        return Stored(reply, TooLarge);
    }

    public byte[]? Get(string key)
    {
        BinaryReply reply = Ask(BinaryFrame.Request(BinaryFrame.Get, ++_opaque, key));
        if (reply.Status == NotFound)
            return null;
        bool asExpected = reply is { Status: Success, KeyLength: 0, Extras: [0, 0, 0, 0], Cas: > 0 };
        return asExpected ? reply.Value : throw new InvalidOperationException($"get was answered with {reply}");
    }

    public bool Delete(string key) =>
        Stored(Ask(BinaryFrame.Request(BinaryFrame.Delete, ++_opaque, key)), NotFound);

    public void Dispose() => connection.Dispose();

    private static bool Stored(BinaryReply reply, ushort no) => reply switch
    {
        { Status: Success, KeyLength: 0, Extras.Length: 0, Value.Length: 0 } => true,
        _ when reply.Status == no => false,
        _ => throw new InvalidOperationException($"answered {reply}"),
    };

    private BinaryReply Ask(byte[] request)
    {
        connection.Send(request);
        BinaryReply reply = BinaryReply.Read(connection);
        return reply.Opcode == request[1] && reply.Opaque == _opaque
            ? reply
            : throw new InvalidOperationException($"opcode {request[1]}, opaque {_opaque} was answered with {reply}");
    }
}
