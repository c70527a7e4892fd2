using System.Globalization;
using System.Net;
using System.Text;
using SessionGateway.Replication.Pair;

namespace SessionGateway.Gateway.Pair;

/// <summary>
/// The Sentinels of a pair as their hellos tell of them: each has a number by its run id. Used by the pair's thread.
/// </summary>
internal sealed class PairSentinels(int count)
{
    // A Sentinel says hello every two seconds; who is silent for so long has given its place up.
    private const long PlaceMilliseconds = 60_000;

    private readonly Seen[] _all = new Seen[count];

    /// <summary>The name under which the pair is watched; empty: not known yet.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Address and run id of those that were heard.</summary>
    public IReadOnlyList<(string Address, string RunId)> Known =>
        [.. _all.Where(one => one.RunId is not null).Select(one => (one.Address, one.RunId!))];

    /// <summary>Reads a hello: <c>ip,port,runid,current_epoch,name,primary_ip,primary_port,config_epoch</c>.</summary>
    /// <returns>Null when it is none.</returns>
    public static SentinelHello? Read(ReadOnlySpan<byte> message)
    {
        string[] parts = Encoding.Latin1.GetString(message).Split(',');
        return parts.Length == 8 && parts[2].Length is > 0 and <= 64
            && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out long current)
            && long.TryParse(parts[7], NumberStyles.None, CultureInfo.InvariantCulture, out long config)
            && Place(parts[0], parts[1]) is { } address && Place(parts[5], parts[6]) is { } primary
            ? new SentinelHello(address, parts[2], current, parts[4], primary, config) : null;
    }

    /// <summary>An address as the state file has it; null when it is none.</summary>
    public static string? Place(string host, string port) => IPAddress.TryParse(host, out IPAddress? ip)
        && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
        ? new IPEndPoint(ip, number).ToString() : null;

    /// <summary>The place of the Sentinel of a hello; -1: there are as many others.</summary>
    /// <param name="hello">The hello.</param>
    /// <param name="now">Milliseconds of a clock that only goes up.</param>
    /// <param name="isNew">Another one had the place before: what is known of it is not of this one.</param>
    public int PlaceOf(SentinelHello hello, long now, out bool isNew)
    {
        int place = Array.FindIndex(_all, one => one.RunId == hello.RunId);
        isNew = place < 0;
        place = place >= 0 ? place : Array.FindIndex(_all, one => one.RunId is null);
        place = place >= 0 ? place : Array.FindIndex(_all, one => now - one.HeardAt > PlaceMilliseconds);
        if (place >= 0)
        {
            _all[place] = new Seen(hello.RunId, hello.Address, now);
            Name = hello.Name;
        }

        return place;
    }

    private readonly record struct Seen(string? RunId, string Address, long HeardAt);
}
