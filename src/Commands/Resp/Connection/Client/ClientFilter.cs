using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>Which connections CLIENT LIST and CLIENT KILL mean; what is not set does not matter.</summary>
internal struct ClientFilter
{
    private long _id;
    private ClientType? _type;
    private string? _localAddress;
    private string? _user;

    /// <summary>The peer.</summary>
    public string? Address { get; set; }

    /// <summary>Reads an option and its value, or writes the error.</summary>
    public bool TrySet(in RespCall call, int index)
    {
        ReadOnlySpan<byte> value = call[index + 1];
        if (call.Is(index, "id"u8))
        {
            if (!RespNumbers.TryInt64(value, out _id) || _id < 1)
            {
                call.Error("-ERR client-id should be greater than 0\r\n"u8);
                return false;
            }
        }
        else if (call.Is(index, "type"u8))
        {
            return TrySetType(call, value);
        }
        else if (call.Is(index, "addr"u8))
        {
            Address = RespErrors.Preview(value);
        }
        else if (call.Is(index, "laddr"u8))
        {
            _localAddress = RespErrors.Preview(value);
        }
        else if (call.Is(index, "user"u8))
        {
            _user = RespErrors.Preview(value);
            if (!call.Services.Credentials.Knows(_user))
            {
                call.Error($"ERR No such user '{_user}'");
                return false;
            }
        }
        else
        {
            call.Error(RespErrors.Syntax);
            return false;
        }

        return true;
    }

    /// <summary>Reads a type, or writes the error.</summary>
    public bool TrySetType(in RespCall call, ReadOnlySpan<byte> value)
    {
        string name = RespErrors.Preview(value);
        _type = name.ToUpperInvariant() switch
        {
            "NORMAL" => ClientType.Normal,
            "SLAVE" or "REPLICA" => ClientType.Replica,
            "PUBSUB" => ClientType.PubSub,
            "MASTER" => ClientType.Primary,
            _ => null,
        };
        if (_type is null)
        {
            call.Error($"ERR Unknown client type '{name}'");
        }

        return _type is not null;
    }

    /// <summary>True when the connection is meant.</summary>
    public readonly bool Matches(ClientConnection client) =>
        (_id == 0 || client.Id == _id)
        && (_type is null || _type == TypeOf(client))
        && (Address is null || Address == client.RemoteAddress)
        && (_localAddress is null || _localAddress == client.LocalAddress)
        && (_user is null || _user == client.User);

    private static ClientType TypeOf(ClientConnection client) =>
        client.IsSubscribed ? ClientType.PubSub : ClientType.Normal;
}
