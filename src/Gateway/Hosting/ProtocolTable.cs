using SessionGateway.Commands;
using SessionGateway.Commands.Memcached;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Hosting;

/// <summary>The protocols that connections may speak.</summary>
internal static class ProtocolTable
{
    /// <summary>Makes what reads one.</summary>
    public static ProtocolProcessor CreateProcessor(WireProtocol protocol) => protocol switch
    {
        WireProtocol.MemcachedBinary => new MemcachedBinaryProcessor(),
        WireProtocol.Resp => new RespProcessor(),
        _ => new MemcachedTextProcessor(),
    };
}
