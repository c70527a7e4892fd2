using System.Globalization;
using System.Net.Sockets;
using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Persistence;

/// <summary>
/// A client with keys of its own that keeps every acknowledgement: what each key held after each of its steps. After a
/// kill it reads all its keys and proves that what is there is a moment of its past: for all keys the same one.
/// </summary>
internal sealed class KillRecorder(int number, int seed)
{
    private const int Keys = 6;

    private readonly Random _random = new(seed);
    private readonly List<Step> _history = [];
    private readonly string[] _names = [.. Enumerable.Range(0, Keys).Select(i => $"client-{number}-key-{i}")];
    private long _highestCas;
    private Exception? _failure;
    private int _acknowledged;

    /// <summary>Steps that were acknowledged since the beginning; from any thread.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Acknowledged steps that the last kill took.</summary>
    public int Lost { get; private set; }

    /// <summary>Writes until the server is gone.</summary>
    public void Run(int memcachedPort, int respPort)
    {
        try
        {
            using var text = RawConnection.Connect(memcachedPort);
            using var resp = RawConnection.Connect(respPort);
            while (true)
            {
                One(text, resp);
            }
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException)
        {
            // Killed: the last step may have happened.
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    /// <summary>Compares what is there with the past.</summary>
    /// <param name="memcachedPort">Where to ask.</param>
    /// <param name="respPort">Where to ask for expiries.</param>
    /// <param name="isExact">No acknowledged step may be missing.</param>
    public void Check(int memcachedPort, int respPort, bool isExact)
    {
        Assert.True(_failure is null, $"client {number}, seed {seed}: {_failure}");
        using var text = RawConnection.Connect(memcachedPort);
        using var resp = RawConnection.Connect(respPort);
        Item?[] found = [.. _names.Select(name => Read(text, resp, name))];
        int last = _history.FindLastIndex(s => s.IsAcknowledged);
        for (int moment = _history.Count - 1; moment >= -1; moment--)
        {
            if (!Fits(moment, found))
            {
                continue;
            }

            Lost = Math.Max(0, last - moment);
            if (isExact && Lost > 0)
            {
                Assert.Fail($"client {number}, seed {seed}: {Lost} acknowledged steps are gone, "
                    + $"'{_history[last].What}' was the last one");
            }

            _history.RemoveRange(moment + 1, _history.Count - moment - 1);
            if (moment >= 0)
            {
                _history[moment] = _history[moment] with { IsAcknowledged = true };
            }

            ulong next = NewCas(text);
            Assert.True(next > (ulong)_highestCas, $"client {number}: cas unique {next} is not above {_highestCas}");
            return;
        }

        Assert.Fail($"client {number}, seed {seed}: what is there never was: "
            + string.Join(", ", found.Select((item, i) => $"{_names[i]} = {item}")));
    }

    private void One(RawConnection text, RawConnection resp)
    {
        int key = _random.Next(Keys);
        string name = _names[key];
        Item?[] now = _history.Count == 0 ? new Item?[Keys] : (Item?[])_history[^1].Items.Clone();
        string value = new((char)('a' + _random.Next(26)), _random.Next(10) == 0 ? 5000 : _random.Next(1, 200));
        switch (_random.Next(7))
        {
            case 0:
                now[key] = null;
                Do($"delete {name}", now, () => text.Ask($"delete {name}\r\n", "DELETED\r\n"),
                    isDone: _history.Count > 0 && _history[^1].Items[key] is not null);
                break;
            case 1:
                // Both or none.
                int other = (key + 1) % Keys;
                now[key] = now[other] = new Item(value, 0, 0);
                Do($"mset {name}", now, () => resp.Ask(
                    Resp("MSET", name, value, _names[other], value), "+OK\r\n"));
                break;
            case 2:
                long until = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1_000_000 + _random.Next(1000);
                now[key] = new Item(value, 0, until);
                Do($"set pxat {name}", now, () => resp.Ask(
                    Resp("SET", name, value, "PXAT", until.ToString(CultureInfo.InvariantCulture)), "+OK\r\n"));
                break;
            case 3 when now[key] is { } touched:
                long later = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 2_000_000 + _random.Next(1000);
                now[key] = touched with { Until = later };
                Do($"touch {name}", now, () => resp.Ask(
                    Resp("PEXPIREAT", name, later.ToString(CultureInfo.InvariantCulture)), ":1\r\n"));
                break;
            case 4 when now[key] is { } longer:
                now[key] = longer with { Value = longer.Value + "+" };
                Do($"append {name}", now, () => text.Ask($"append {name} 0 0 1\r\n+\r\n", "STORED\r\n"));
                break;
            case 5 when now[key] is { } same:
                // Written back as it is, as PHP does.
                now[key] = same with { Until = 0, Flags = 3 };
                Do($"rewrite {name}", now, () => text.Ask(
                    $"set {name} 3 0 {same.Value.Length}\r\n{same.Value}\r\n", "STORED\r\n"));
                break;
            default:
                int flags = _random.Next(1000);
                now[key] = new Item(value, flags, 0);
                Do($"set {name}", now, () => text.Ask(
                    $"set {name} {flags} 0 {value.Length}\r\n{value}\r\n", "STORED\r\n"));
                break;
        }
    }

    private void Do(string what, Item?[] after, Func<string> step, bool isDone = true)
    {
        if (!isDone)
        {
            return;
        }

        _history.Add(new Step(what, after, IsAcknowledged: false));
        string answer = step();
        Assert.True(answer is "STORED\r\n" or "DELETED\r\n" or "+OK\r\n" or ":1\r\n", $"{what}: {answer}");
        _history[^1] = _history[^1] with { IsAcknowledged = true };
        Interlocked.Increment(ref _acknowledged);
    }

    private bool Fits(int moment, Item?[] found)
    {
        Item?[] then = moment < 0 ? new Item?[Keys] : _history[moment].Items;
        return then.SequenceEqual(found);
    }

    private Item? Read(RawConnection text, RawConnection resp, string name)
    {
        text.Send($"gets {name}\r\n");
        string head = text.ReadThrough("\r\n");
        if (head == "END\r\n")
        {
            return null;
        }

        string[] parts = head.TrimEnd().Split(' ');
        int length = int.Parse(parts[3], CultureInfo.InvariantCulture);
        string value = Encoding.Latin1.GetString(text.ReadExactly(length));
        Assert.Equal("\r\nEND\r\n", text.ReadThrough("END\r\n"));
        _highestCas = Math.Max(_highestCas, long.Parse(parts[4], CultureInfo.InvariantCulture));
        resp.Send(Resp("PEXPIRETIME", name));
        long until = long.Parse(resp.ReadThrough("\r\n")[1..].TrimEnd(), CultureInfo.InvariantCulture);
        return new Item(value, int.Parse(parts[2], CultureInfo.InvariantCulture), Math.Max(0, until));
    }

    private ulong NewCas(RawConnection text)
    {
        string name = $"client-{number}-cas";
        Assert.Equal("STORED\r\n", text.Ask($"set {name} 0 0 1\r\nx\r\n", "STORED\r\n"));
        text.Send($"gets {name}\r\n");
        string head = text.ReadThrough("\r\n");
        text.ReadThrough("END\r\n");
        return ulong.Parse(head.TrimEnd().Split(' ')[4], CultureInfo.InvariantCulture);
    }

    private static string Resp(params string[] words) =>
        $"*{words.Length}\r\n{string.Concat(words.Select(w => $"${w.Length}\r\n{w}\r\n"))}";

    private sealed record Item(string Value, int Flags, long Until);

    private sealed record Step(string What, Item?[] Items, bool IsAcknowledged);
}
