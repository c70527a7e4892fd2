using System.Globalization;
using SessionGateway.Commands.Memcached;

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

        string[] lines = answer.Split("\r\n", 2);
        string[] words = lines[0].Split(' ');
        Assert.Equal("VALUE", words[0]);
        Assert.Equal(key, words[1]);
        int length = int.Parse(words[3], CultureInfo.InvariantCulture);
        Assert.Equal("\r\nEND\r\n", lines[1][length..]);
        return new Found(
            lines[1][..length], uint.Parse(words[2], CultureInfo.InvariantCulture),
            ulong.Parse(words[4], CultureInfo.InvariantCulture));
    }
}
