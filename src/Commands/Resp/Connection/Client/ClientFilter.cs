using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>
/// Which connections CLIENT LIST and CLIENT KILL mean: those that meet every option that was given. An option that is
/// given twice counts as it was last. Most came with Valkey 8.1 and 9.0, MAXAGE with 8.0, all with their NOT- forms.
/// </summary>
internal sealed class ClientFilter
{
    // Letters that CLIENT LIST of Redis and Valkey prints.
    private const string Flags = "OSMPxbtRBdcuAUreTIiENk";

    private readonly Dictionary<string, Predicate<ClientConnection>> _conditions = [];

    /// <summary>Means the connection of a peer.</summary>
    public void SetAddress(string address) => _conditions["ADDR"] = client => client.RemoteAddress == address;

    /// <summary>Means connections with one of these numbers.</summary>
    public void SetIds(HashSet<long> ids) => _conditions["ID"] = client => ids.Contains(client.Id);

    /// <summary>True when the connection is meant.</summary>
    public bool Matches(ClientConnection client)
    {
        foreach (Predicate<ClientConnection> condition in _conditions.Values)
        {
            if (!condition(client))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads an option and its value, or writes the error. Behind ID may be several.</summary>
    /// <param name="call">The call.</param>
    /// <param name="index">The option; then the last argument that belongs to it.</param>
    public bool TrySet(in RespCall call, ref int index)
    {
        string name = RespErrors.Preview(call[index++]).ToUpperInvariant();
        bool isNot = name.StartsWith("NOT-", StringComparison.Ordinal);
        string option = isNot ? name[4..] : name;
        Predicate<ClientConnection>? condition = option switch
        {
            "ID" => Ids(call, ref index),
            "MAXAGE" when !isNot => MaxAge(call, index),
            "IDLE" when !isNot => Idle(call, index),
            "TYPE" => OfType(call, index),
            "USER" => OfUser(call, index),
            "DB" => InDatabase(call, index),
            "FLAGS" => WithLetters(call, index, isNot, "flags", Flags, ClientLine.FlagsOf),
            "CAPA" => WithLetters(call, index, isNot, "capa", "r", _ => ""),
            _ => OfText(call, index, option),
        };
        if (condition is not null)
        {
            _conditions[name] = isNot ? client => !condition(client) : condition;
        }

        return condition is not null;
    }

    /// <summary>Reads all options from the third argument on, or writes the error.</summary>
    /// <param name="call">The call.</param>
    /// <param name="skipsSelf">SKIPME; what it is without it.</param>
    public bool TryOptions(in RespCall call, ref bool skipsSelf)
    {
        for (int i = 2; i < call.Count; i++)
        {
            if (i + 1 == call.Count)
            {
                call.Error(RespErrors.Syntax);
                return false;
            }

            if (call.Is(i, "skipme"u8) && (call.Is(i + 1, "yes"u8) || call.Is(i + 1, "no"u8)))
            {
                skipsSelf = call.Is(++i, "yes"u8);
            }
            else if (!TrySet(call, ref i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads a type, or writes the error.</summary>
    public bool TrySetType(in RespCall call, int index)
    {
        Predicate<ClientConnection>? condition = OfType(call, index);
        if (condition is not null)
        {
            _conditions["TYPE"] = condition;
        }

        return condition is not null;
    }

    private static Predicate<ClientConnection>? Ids(in RespCall call, ref int index)
    {
        if (!RespNumbers.TryInt64(call[index], out long id) || id < 1)
        {
            call.Error("-ERR client-id should be greater than 0\r\n"u8);
            return null;
        }

        HashSet<long> ids = [id];
        while (index + 1 < call.Count && RespNumbers.TryInt64(call[index + 1], out id))
        {
            index++;
            if (id < 1)
            {
                call.Error("-ERR client-id should be greater than 0\r\n"u8);
                return null;
            }

            ids.Add(id);
        }

        return client => ids.Contains(client.Id);
    }

    private static Predicate<ClientConnection>? MaxAge(in RespCall call, int index)
    {
        long now = call.Now;
        return TryPositive(call, index, "maxage", out long seconds)
            ? client => now / 1000 - client.ConnectedAt / 1000 >= seconds : null;
    }

    private static Predicate<ClientConnection>? Idle(in RespCall call, int index)
    {
        long now = call.Now;
        return TryPositive(call, index, "idle", out long seconds)
            ? client => now / 1000 - client.LastActive / 1000 >= seconds : null;
    }

    private static bool TryPositive(in RespCall call, int index, string name, out long value)
    {
        if (!RespNumbers.TryInt64(call[index], out value))
        {
            call.Error($"ERR {name} is not an integer or out of range");
            return false;
        }

        if (value <= 0)
        {
            call.Error($"ERR {name} should be greater than 0");
            return false;
        }

        return true;
    }

    private static Predicate<ClientConnection>? OfType(in RespCall call, int index)
    {
        string name = RespErrors.Preview(call[index]);
        ClientType? type = name.ToUpperInvariant() switch
        {
            "NORMAL" => ClientType.Normal,
            "SLAVE" or "REPLICA" => ClientType.Replica,
            "PUBSUB" => ClientType.PubSub,
            "MASTER" or "PRIMARY" => ClientType.Primary,
            _ => null,
        };
        if (type is null)
        {
            call.Error($"ERR Unknown client type '{name}'");
            return null;
        }

        return client => type == (client.IsPrimary ? ClientType.Primary
            : client.Replica is { IsAttached: true } ? ClientType.Replica
            : client.IsSubscribed ? ClientType.PubSub : ClientType.Normal);
    }

    private static Predicate<ClientConnection>? OfUser(in RespCall call, int index)
    {
        string user = RespErrors.Preview(call[index]);
        if (!call.Services.Credentials.Knows(user))
        {
            call.Error($"ERR No such user '{user}'");
            return null;
        }

        return client => client.User == user;
    }

    private static Predicate<ClientConnection>? InDatabase(in RespCall call, int index)
    {
        if (!RespNumbers.TryInt64(call[index], out long database))
        {
            call.Error("-ERR value is not an integer or out of range\r\n"u8);
            return null;
        }

        if (database is < 0 or >= ItemStore.DatabaseCount)
        {
            call.Error($"ERR DB number should be between 0 and {ItemStore.DatabaseCount - 1}");
            return null;
        }

        return client => client.Database == database;
    }

    // All letters must be there.
    private static Predicate<ClientConnection>? WithLetters(
        in RespCall call, int index, bool isNot, string name, string known, Func<ClientConnection, string> letters)
    {
        string wanted = RespErrors.Preview(call[index]);
        if (!wanted.All(known.Contains))
        {
            string place = isNot ? $"NOT-{name.ToUpperInvariant()}" : "provided";
            call.Error($"ERR Unknown {name} found in the {place} filter: {wanted}");
            return null;
        }

        return client => wanted.All(letters(client).Contains);
    }

    private static string HostOf(string address) => address[..address.LastIndexOf(':')].Trim('[', ']');

    private static Predicate<ClientConnection>? OfText(in RespCall call, int index, string option)
    {
        string text = RespErrors.Preview(call[index]);
        Predicate<ClientConnection>? condition = option switch
        {
            "ADDR" => client => client.RemoteAddress == text,
            "LADDR" => client => client.LocalAddress == text,
            "NAME" => client => client.Name == text,
            "LIB-NAME" => client => client.LibraryName == text,
            "LIB-VER" => client => client.LibraryVersion == text,
            "IP" => client => HostOf(client.RemoteAddress) == text,
            _ => null,
        };
        if (condition is null)
        {
            call.Error(RespErrors.Syntax);
        }

        return condition;
    }
}
