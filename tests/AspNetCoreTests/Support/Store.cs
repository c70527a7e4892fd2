using System.Text;
using StackExchange.Redis;

namespace SessionGateway.AspNetCoreTests.Support;

/// <summary>A store as the other side of a shared session sees it.</summary>
/// <param name="Endpoint">Where it is.</param>
/// <param name="Database">A connection of the test's own.</param>
internal sealed record Store(string Endpoint, IDatabase Database)
{
    /// <summary>The bytes of a key as Latin-1; null where there is none.</summary>
    public string? Text(string key) => Bytes(key) is { } bytes ? Encoding.Latin1.GetString(bytes) : null;

    public byte[]? Bytes(string key) => Database.StringGet(key);

    public void Put(string key, string latin1, int seconds = 1000) =>
        Put(key, Encoding.Latin1.GetBytes(latin1), seconds);

    public void Put(string key, byte[] bytes, int seconds = 1000) =>
        Database.StringSet(key, bytes, TimeSpan.FromSeconds(seconds));

    public void Delete(string key) => Database.KeyDelete(key);

    /// <summary>Seconds that a key has left.</summary>
    public double Seconds(string key) => Database.KeyTimeToLive(key)?.TotalSeconds ?? -1;
}
