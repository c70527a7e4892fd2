using System.Globalization;

namespace SessionGateway.HostTests.Persistence.Kills;

/// <summary>
/// Makes a client's steps: writes of all types over all three protocols, groups (MSET, EXEC, scripts, RENAME, DEL of
/// several keys), lifetimes; and says what its keys hold afterwards.
/// </summary>
/// <param name="random">What it does.</param>
/// <param name="client">Names the keys.</param>
/// <param name="longest">Bytes of its longest values.</param>
internal sealed class StepMaker(Random random, int client, int longest)
{
    /// <summary>Keys of a client.</summary>
    public const int Keys = Short + 1;

    // The first ones are strings.
    private const int Strings = 4;
    private const int Hash = 4;
    private const int List = 5;
    private const int Set = 6;
    private const int Sorted = 7;
    private const int Number = 8;
    private const int Short = 9;

    private const string Script =
        "redis.call('SET',KEYS[1],ARGV[1]) redis.call('SADD',KEYS[2],ARGV[2]) "
        + "redis.call('ZADD',KEYS[3],ARGV[3],ARGV[2]) return 'done'";

    // Uniques go up for each key; those of different keys are not compared.
    private readonly ulong[] _highestCas = new ulong[Keys + 1];

    /// <summary>The keys.</summary>
    public string[] Names { get; } =
        [.. Enumerable.Range(0, Keys).Select(i => $"client-{client}-key-{i}")];

    /// <summary>The next step.</summary>
    /// <param name="now">What the keys hold.</param>
    /// <param name="step">The step.</param>
    /// <returns>Its request, which checks the answer; null when it cannot be done now.</returns>
    public Action<Asker>? Next(Held?[] now, out Step step)
    {
        int key = random.Next(Strings), other = (key + 1) % Strings;
        string name = Names[key], value = Value();
        var after = (Held?[])now.Clone();
        string what;
        (what, Action<Asker>? request) = random.Next(20) switch
        {
            0 => ("delete", Delete(after, key)),
            1 => ("mset", Several(after, key, other, value)),
            2 => ("set pxat", SetUntil(after, key, value, Now() + 1_000_000 + random.Next(1000))),
            3 => ("set pxat soon", SetUntil(after, Short, value, Now() + random.Next(50, 2000))),
            4 => ("pexpireat", Touch(after, random.Next(Short))),
            5 => ("append", Append(after, key)),
            6 => ("rewrite", Rewrite(after, key)),
            7 => ("exec", Exec(after, key, value)),
            8 => ("script", Evaluate(after, key, value)),
            9 => ("rename", Rename(after, key, other)),
            10 => ("del of three", DeleteThree(after, key)),
            11 => ("incr", Increment(after)),
            12 => ("cas", CompareAndSet(after, key, value)),
            13 or 14 => ("hash", ChangeHash(after)),
            15 => ("list", ChangeList(after)),
            16 => ("set", ChangeSet(after)),
            17 => ("sorted set", ChangeSorted(after)),
            18 => ("binary set", BinarySet(after, key, value)),
            _ => ("text set", TextSet(after, key, value)),
        };
        step = new Step($"{what} of {name}", after);
        return request;
    }

    /// <summary>A cas unique that is given now is above all before.</summary>
    public void CheckUniquesGoOn(Asker asker, Held?[] found)
    {
        for (int i = 0; i < Keys; i++)
        {
            _highestCas[i] = Math.Max(_highestCas[i], found[i]?.Cas ?? 0);
        }

        ulong next = asker.BinarySet($"client-{client}-cas", "x", 0);
        Assert.True(next > _highestCas[Keys], $"client {client}: cas unique {next} is not above {_highestCas[Keys]}");
        _highestCas[Keys] = next;
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string Value() => new(
        (char)('a' + random.Next(26)), random.Next(6) == 0 ? random.Next(longest / 2, longest) : random.Next(1, 200));

    private Held NewString(int key, string value) => new("string", value) { CasFloor = _highestCas[key] };

    private Action<Asker>? Delete(Held?[] after, int key)
    {
        bool isThere = after[key] is not null;
        after[key] = null;
        return isThere ? a => a.Text($"delete {Names[key]}\r\n", "DELETED\r\n") : null;
    }

    private Action<Asker> Several(Held?[] after, int key, int other, string value)
    {
        after[key] = NewString(key, value);
        after[other] = NewString(other, value);
        return a => a.Resp(Asker.Request("MSET", Names[key], value, Names[other], value), "+OK\r\n");
    }

    private Action<Asker> SetUntil(Held?[] after, int key, string value, long until)
    {
        after[key] = NewString(key, value) with { Until = until };
        return a => a.Resp(Asker.Request("SET", Names[key], value, "PXAT", Text(until)), "+OK\r\n");
    }

    private Action<Asker>? Touch(Held?[] after, int key)
    {
        if (after[key] is not { } touched)
        {
            return null;
        }

        long until = Now() + 2_000_000 + random.Next(1000);
        after[key] = touched with
        {
            Until = until, Cas = 0, CasFloor = touched.Cas > 0 ? touched.Cas - 1 : touched.CasFloor,
        };
        return a => a.Resp(Asker.Request("PEXPIREAT", Names[key], Text(until)), ":1\r\n");
    }

    private Action<Asker>? Append(Held?[] after, int key)
    {
        if (after[key] is not { } former)
        {
            return null;
        }

        after[key] = former with { Text = former.Text + "+", Cas = 0, CasFloor = _highestCas[key] };
        return a => a.Text($"append {Names[key]} 0 0 1\r\n+\r\n", "STORED\r\n");
    }

    // Written back as it is, as PHP does.
    private Action<Asker>? Rewrite(Held?[] after, int key)
    {
        if (after[key] is not { } same)
        {
            return null;
        }

        after[key] = NewString(key, same.Text) with { Flags = 3 };
        return a => a.Text($"set {Names[key]} 3 0 {same.Text.Length}\r\n{same.Text}\r\n", "STORED\r\n");
    }

    private Action<Asker> Exec(Held?[] after, int key, string value)
    {
        after[key] = NewString(key, value);
        string field = $"f{random.Next(300)}";
        bool isNew = Put(after, Hash, "hash", field, value);
        Held list = after[List] ?? new Held("list");
        after[List] = list with { Elements = list.Elements.Add(field) };
        return a => a.Resp(
            Asker.Request("MULTI") + Asker.Request("SET", Names[key], value)
                + Asker.Request("HSET", Names[Hash], field, value) + Asker.Request("RPUSH", Names[List], field)
                + Asker.Request("EXEC"),
            "+OK\r\n+QUEUED\r\n+QUEUED\r\n+QUEUED\r\n*3\r\n+OK\r\n"
                + $":{(isNew ? 1 : 0)}\r\n:{after[List]!.Elements.Count}\r\n");
    }

    private Action<Asker> Evaluate(Held?[] after, int key, string value)
    {
        after[key] = NewString(key, value);
        string member = $"m{random.Next(200)}", score = Text(random.Next(1000));
        Put(after, Set, "set", member, "");
        Put(after, Sorted, "zset", member, score);
        return a => a.Resp(
            Asker.Request("EVAL", Script, "3", Names[key], Names[Set], Names[Sorted], value, member, score),
            "$4\r\ndone\r\n");
    }

    private Action<Asker>? Rename(Held?[] after, int key, int other)
    {
        if (after[key] is not { } moved)
        {
            return null;
        }

        after[other] = moved with { Cas = 0, CasFloor = 0 };
        after[key] = null;
        return a => a.Resp(Asker.Request("RENAME", Names[key], Names[other]), "+OK\r\n");
    }

    private Action<Asker>? DeleteThree(Held?[] after, int key)
    {
        int third = random.Next(2) == 0 ? List : Set;
        int[] keys = [key, (key + 1) % Strings, third];
        int there = keys.Count(k => after[k] is not null);
        foreach (int one in keys)
        {
            after[one] = null;
        }

        return there == 0 || random.Next(3) > 0 ? null
            : a => a.Resp(Asker.Request(["DEL", .. keys.Select(k => Names[k])]), $":{there}\r\n");
    }

    private Action<Asker> Increment(Held?[] after)
    {
        long next = after[Number] is { } former ? long.Parse(former.Text, CultureInfo.InvariantCulture) + 7 : 7;
        after[Number] = (after[Number] ?? new Held("string")) with
        {
            Text = Text(next), Cas = 0, CasFloor = _highestCas[Number],
        };
        return a => a.Resp(Asker.Request("INCRBY", Names[Number], "7"), $":{next}\r\n");
    }

    private Action<Asker>? CompareAndSet(Held?[] after, int key, string value)
    {
        if (after[key] is not { Cas: > 0 } former)
        {
            return null;
        }

        after[key] = NewString(key, value) with { Flags = 9 };
        return a => a.Text(
            $"cas {Names[key]} 9 0 {value.Length} {former.Cas}\r\n{value}\r\n", "STORED\r\n");
    }

    private Action<Asker> ChangeHash(Held?[] after)
    {
        string field = $"f{random.Next(300)}", value = new('h', random.Next(100));
        if (after[Hash] is { } hash && hash.Entries.ContainsKey(field) && random.Next(2) == 0)
        {
            after[Hash] = (hash with { Entries = hash.Entries.Remove(field) }).OrNothing();
            return a => a.Resp(Asker.Request("HDEL", Names[Hash], field), ":1\r\n");
        }

        bool isNew = Put(after, Hash, "hash", field, value);
        return a => a.Resp(Asker.Request("HSET", Names[Hash], field, value), $":{(isNew ? 1 : 0)}\r\n");
    }

    private Action<Asker> ChangeList(Held?[] after)
    {
        string element = $"e{random.Next(10_000)}";
        Held list = after[List] ?? new Held("list");
        switch (list.Elements.Count == 0 ? 0 : random.Next(4))
        {
            case 0:
                after[List] = list with { Elements = list.Elements.Add(element) };
                return a => a.Resp(Asker.Request("RPUSH", Names[List], element), $":{list.Elements.Count + 1}\r\n");
            case 1:
                after[List] = list with { Elements = list.Elements.Insert(0, element) };
                return a => a.Resp(Asker.Request("LPUSH", Names[List], element), $":{list.Elements.Count + 1}\r\n");
            case 2:
                after[List] = (list with { Elements = list.Elements.RemoveAt(0) }).OrNothing();
                return a => a.Resp(
                    Asker.Request("LPOP", Names[List]), $"${list.Elements[0].Length}\r\n{list.Elements[0]}\r\n");
            default:
                int kept = Math.Min(list.Elements.Count, 60);
                after[List] = list with { Elements = list.Elements.GetRange(0, kept) };
                return a => a.Resp(Asker.Request("LTRIM", Names[List], "0", Text(kept - 1)), "+OK\r\n");
        }
    }

    private Action<Asker> ChangeSet(Held?[] after)
    {
        string member = $"m{random.Next(200)}";
        if (after[Set] is { } set && set.Entries.ContainsKey(member))
        {
            after[Set] = (set with { Entries = set.Entries.Remove(member) }).OrNothing();
            return a => a.Resp(Asker.Request("SREM", Names[Set], member), ":1\r\n");
        }

        Put(after, Set, "set", member, "");
        return a => a.Resp(Asker.Request("SADD", Names[Set], member), ":1\r\n");
    }

    private Action<Asker> ChangeSorted(Held?[] after)
    {
        string member = $"m{random.Next(200)}", score = Text(random.Next(1000));
        bool isNew = Put(after, Sorted, "zset", member, score);
        return a => a.Resp(Asker.Request("ZADD", Names[Sorted], score, member), $":{(isNew ? 1 : 0)}\r\n");
    }

    private Action<Asker> BinarySet(Held?[] after, int key, string value)
    {
        int flags = random.Next(1000);
        after[key] = NewString(key, value) with { Flags = flags };
        return a =>
        {
            ulong cas = a.BinarySet(Names[key], value, flags);
            Assert.True(cas > _highestCas[key], $"cas unique {cas} is not above {_highestCas[key]}");
            _highestCas[key] = cas;
            after[key] = after[key]! with { Cas = cas };
        };
    }

    private Action<Asker> TextSet(Held?[] after, int key, string value)
    {
        int flags = random.Next(1000);
        after[key] = NewString(key, value) with { Flags = flags };
        return a => a.Text($"set {Names[key]} {flags} 0 {value.Length}\r\n{value}\r\n", "STORED\r\n");
    }

    // True when the entry was not there.
    private static bool Put(Held?[] after, int key, string type, string name, string value)
    {
        Held held = after[key] ?? new Held(type);
        after[key] = held with { Entries = held.Entries.SetItem(name, value) };
        return !held.Entries.ContainsKey(name);
    }
}
