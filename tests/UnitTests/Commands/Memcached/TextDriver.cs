using System.Text;
using SessionGateway.Commands.Memcached;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.UnitTests.Commands.Memcached;

internal sealed class TextDriver : IMemcachedDriver
{
    public MemcachedRig Rig { get; } = new(new MemcachedTextProcessor());

    public string Store(string verb, string key, string value, uint flags, int exptime, ulong cas)
    {
        string head = cas == 0 ? verb : "cas";
        string tail = cas == 0 ? "" : $" {cas}";
        return Rig.Ask($"{head} {key} {flags} {exptime} {value.Length}{tail}\r\n{value}\r\n").TrimEnd();
    }

    public Found? Get(string key) => Parse(Rig.Ask($"gets {key}\r\n"), key);

    public Found? GetAndTouch(string key, int exptime) => Parse(Rig.Ask($"gats {exptime} {key}\r\n"), key);

    public bool Touch(string key, int exptime) => Is(Rig.Ask($"touch {key} {exptime}\r\n"), "TOUCHED", "NOT_FOUND");

    public bool Delete(string key) => Is(Rig.Ask($"delete {key}\r\n"), "DELETED", "NOT_FOUND");

    public string Arithmetic(string verb, string key, ulong delta)
    {
        string answer = Rig.Ask($"{verb} {key} {delta}\r\n").TrimEnd();
        return answer.StartsWith("CLIENT_ERROR cannot", StringComparison.Ordinal) ? "NON_NUMERIC" : answer;
    }

    public void FlushAll(int delay) => Assert.Equal("OK\r\n", Rig.Ask($"flush_all {delay}\r\n"));

    public void Dispose() => Rig.Dispose();

    private static bool Is(string answer, string yes, string no)
    {
        Assert.Contains(answer.TrimEnd(), new[] { yes, no });
        return answer.TrimEnd() == yes;
    }

    private static Found? Parse(string answer, string key)
    {
        if (answer == "END\r\n")
        {
            return null;
        }

        byte[] bytes = Encoding.Latin1.GetBytes(answer);
        Assert.Equal(ReplyStatus.Done, TextReplyReader.TryRead(bytes, out TextReply reply, out int length));
        Assert.True(reply.IsValue);
        Assert.Equal(key, Encoding.Latin1.GetString(reply.Key));
        Assert.Equal("END\r\n", Encoding.Latin1.GetString(bytes.AsSpan(length)));
        return new Found(Encoding.Latin1.GetString(reply.Value), reply.Flags, reply.Cas);
    }
}
