using SessionGateway.Commands;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <summary>Makes what reads a protocol and executes its requests, one for each connection.</summary>
internal delegate ProtocolProcessor ProcessorFactory(WireProtocol protocol);
