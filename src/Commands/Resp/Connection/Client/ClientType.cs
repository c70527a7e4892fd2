namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>Types of connections as CLIENT names them; there are no replication connections here.</summary>
internal enum ClientType
{
    Normal,
    PubSub,
    Replica,
    Primary,
}
