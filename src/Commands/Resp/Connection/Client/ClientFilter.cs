using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>Which connections CLIENT LIST and CLIENT KILL mean; what is not set does not matter.</summary>
internal struct ClientFilter
{
    private HashSet<long>? _ids;
    private long _maxAge;
    private ClientType? _type;
    private string? _localAddress;
    private string? _user;

    /// <summary>The peer.</summary>
    public string? Address { get; set; }

    /// <summary>Reads an option and its value, or writes the error. Behind ID may be several (Valkey 8.1).</summary>
    /// <param name="call">The call.</param>
    /// <param name="index">The option; then the last argument that belongs to it.</param>
    public bool TrySet(in RespCall call, ref int index)
    {
        int option = index++;
        ReadOnlySpan<byte> value = call[index];
        if (call.Is(option, "id"u8))
        {
            return TryIds(call, ref index);
        }

        return call.Is(option, "maxage"u8) ? TryMaxAge(call, index) : TryText(call, option, value);
    }

    private bool TryIds(in RespCall call, ref int index)
    {
        if (!RespNumbers.TryInt64(call[index], out long id) || id < 1)
        {
            call.Error("-ERR client-id should be greater than 0\r\n"u8);
            return false;
        }

        _ids = [id];
        while (index + 1 < call.Count && RespNumbers.TryInt64(call[index + 1], out id))
        {
            index++;
            if (id < 1)
            {
                call.Error("-ERR client-id should be greater than 0\r\n"u8);
                return false;
            }

            _ids.Add(id);
        }

        return true;
    }

    // Redis 7.4, Valkey 8.0.
    private bool TryMaxAge(in RespCall call, int index)
    {
        if (!RespNumbers.TryInt64(call[index], out _maxAge))
        {
            call.Error("-ERR maxage is not an integer or out of range\r\n"u8);
            return false;
        }

        if (_maxAge > 0)
        {
            return true;
        }

        call.Error("-ERR maxage should be greater than 0\r\n"u8);
        return false;
    }

    private bool TryText(in RespCall call, int index, ReadOnlySpan<byte> value)
    {
        if (call.Is(index, "type"u8))
        {
            return TrySetType(call, value);
        }

        if (call.Is(index, "addr"u8))
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
    public readonly bool Matches(ClientConnection client, long now) =>
        (_ids is null || _ids.Contains(client.Id))
        && (_maxAge == 0 || now / 1000 - client.ConnectedAt / 1000 >= _maxAge)
        && (_type is null || _type == TypeOf(client))
        && (Address is null || Address == client.RemoteAddress)
        && (_localAddress is null || _localAddress == client.LocalAddress)
        && (_user is null || _user == client.User);

    private static ClientType TypeOf(ClientConnection client) =>
        client.IsSubscribed ? ClientType.PubSub : ClientType.Normal;
}
