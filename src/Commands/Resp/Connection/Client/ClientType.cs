namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>Types of connections as CLIENT names them.</summary>
internal enum ClientType
{
    Normal,
    PubSub,
    Replica,
    Primary,
}
