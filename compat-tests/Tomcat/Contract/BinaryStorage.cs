using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>memcachedProtocol=binary; answers are checked as strictly as spymemcached reads them.</summary>
internal sealed class BinaryStorage(RawConnection connection) : IStorage
{
    private uint _opaque;

    public bool Add(string key, int exptime, byte[] value) =>
        Stored(Ask(Requests.Binary(BinaryOpcode.Add, ++_opaque, key, exptime, value)), BinaryStatus.KeyExists);

    public bool Set(string key, int exptime, byte[] value) =>
        Stored(Ask(Requests.Binary(BinaryOpcode.Set, ++_opaque, key, exptime, value)), BinaryStatus.TooLarge);

    public byte[]? Get(string key)
    {
        BinaryReply reply = Ask(Requests.Binary(BinaryOpcode.Get, ++_opaque, key));
        if (reply.Status == BinaryStatus.KeyNotFound)
            return null;
        bool asExpected = reply.Status == BinaryStatus.Success && reply.Key.IsEmpty
            && reply.Extras.SequenceEqual("\0\0\0\0"u8) && reply.Header.Cas > 0;
        return asExpected ? reply.Value.ToArray() : throw Unexpected("get", reply);
    }

    public bool Delete(string key) =>
        Stored(Ask(Requests.Binary(BinaryOpcode.Delete, ++_opaque, key)), BinaryStatus.KeyNotFound);

    public void Dispose() => connection.Dispose();

    private static bool Stored(in BinaryReply reply, BinaryStatus no) =>
        reply.Status == BinaryStatus.Success && reply.Header.BodyLength == 0
            || (reply.Status == no ? false : throw Unexpected("a write", reply));

    private static InvalidOperationException Unexpected(string what, in BinaryReply reply) =>
        new($"{what} was answered with {reply.Header}");

    private BinaryReply Ask(byte[] request)
    {
        connection.Send(request);
        BinaryReply reply = connection.ReadBinary();
        return (byte)reply.Header.Opcode == request[1] && reply.Header.Opaque == _opaque
            ? reply
            : throw Unexpected($"opcode {request[1]}, opaque {_opaque}", reply);
    }
}
