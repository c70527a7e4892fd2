using System.Text;
using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCoreTests.Suites;

/// <summary>What is stored is never damaged: neither what cannot be read nor what is not understood.</summary>
public abstract class DamageSuite : SessionSuite
{
    public static TheoryData<string, string> Payloads()
    {
        var payloads = new TheoryData<string, string>();
        foreach (string? format in new[] { "php", "php_serialize", "igbinary" })
        {
            foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "vectors", format),
                "*.bin"))
            {
                payloads.Add(format, Path.GetFileNameWithoutExtension(file));
            }
        }

        Assert.True(payloads.Count > 80);
        return payloads;
    }

    /// <summary>Objects, enums, references and every other value of real PHP around a value that is set here.</summary>
    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Everything_else_survives_a_write_bit_by_bit(string format, string name)
    {
        var limits = new SessionLimits
        {
            MaxBytes = 4 << 20,
            MaxDepth = 128,
            MaxNameBytes = 70_000,
            MaxExpansionRatio = 1000,
        };
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("set here", 7);
                return "";
            },
            options =>
            {
                options.Limits = limits;
                options.Serializer = format switch
                {
                    "php" => SharedSessionSerializer.Php,
                    "igbinary" => SharedSessionSerializer.Igbinary,
                    _ => SharedSessionSerializer.PhpSerialize,
                };
            });
        byte[] bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", format, name + ".bin"));
        string id = Site.NewId();
        Store.Put(Prefix + id, bytes);
        await site.AskAsync(id);

        byte[] after = Store.Bytes(Prefix + id)!;
        if (format == "php")
        {
            Assert.Equal([.. bytes, .. "set here|i:7;"u8], after);
            return;
        }

        ISessionFormat codec = SessionFormats.ByName(format)!;
        SessionTree tree = codec.Decode(after, limits);
        Assert.Equal(7, tree.Variables["set here"].AsInt64());
        Assert.True(tree.Variables.Remove("set here"));
        Assert.Equal(bytes, codec.Encode(tree, new SessionEncodeOptions { Limits = limits }));
    }

    public static TheoryData<string> Unreadable() =>
    [
        "n|i:1", "n|", "junk", "n|i:1;}", "n|O:8:\"stdClass\":9:{}", "\0\0\0\u0002\u0014\u0005", "\0\0\0\u0009\u0014\0",
        "a:1:{s:1:\"n\";i:1;",
        "{\"n\":1}", "x\u009cKLI", "\u00ac\u00ed\0\u0005t\0\u0001n", "O:8:\"stdClass\":0:{}",
        // php to its reader and php_serialize to its reader: somebody typed the first reading into a text of the
        // second.
        "a:1:{s:1:\"n\";s:34:\"|b:1;is_admin|b:1;x|a:1:{i:0;s:0:\"\";}",
        "a:1:{s:1:\"x\";s:36:\"|b:1;is_admin|b:1;foo|a:1:{i:0;s:0:\"\";}",
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Bytes_that_cannot_be_read_with_certainty_are_left_alone(string payload)
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            SharedSessionException error = Assert.Throws<SharedSessionException>(() => session.Set("n", 1));
            Assert.Throws<SharedSessionException>(() => session.Destroy());
            Assert.Throws<SharedSessionException>(() => session.RegenerateId());
            await session.CommitAsync();
            await context.Response.WriteAsync($"{session.IsAvailable} {session.Keys.Any()} {error.Failure}");
        });
        string id = Stored(payload);
        Answer answer = await site.AskAsync(id);
        Assert.Equal("False False Unavailable", answer.Body);
        Assert.Null(answer.SetCookie);
        Assert.Equal(payload, Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
        string line = Assert.Single(site.Log.Lines, line => line.StartsWith("8001 ", StringComparison.Ordinal));
        Assert.DoesNotContain(id, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_reads_as_php_does_not_make_variables_of_its_own()
    {
        // What the attacker typed: a value of php_serialize whose bytes, as a whole, are a session of php as well.
        var tree = new SessionTree();
        tree.Variables.Set("name", "|b:1;is_admin|b:1;x|a:1:{i:0;s:0:\"");
        string payload = Encoding.Latin1.GetString(SessionFormats.PhpSerialize.Encode(tree));
        Assert.True(
            SessionFormats.Php.TryDecode(Encoding.Latin1.GetBytes(payload), new SessionTree(), SessionLimits.Default,
                out _));

        foreach ((SharedSessionSerializer serializer, string? expected) in new[]
        {
            (SharedSessionSerializer.Php, "False False"),
            (SharedSessionSerializer.Igbinary, "False False"),
            (SharedSessionSerializer.PhpSerialize, "True False"),
        })
        {
            await using Site site = await PageAsync(
                session => $"{session.IsAvailable} {session["is_admin"].Exists}",
                options => options.Serializer = serializer);
            string id = Stored(payload);
            Assert.Equal(expected, (await site.AskAsync(id)).Body);
            Assert.Equal(payload, Store.Text(Prefix + id));
        }
    }

    [Fact]
    public async Task Sessions_of_msgpack_are_read_and_not_written()
    {
        // {nil: 1, "n": 41}, as PHP's extension writes it.
        const string payload = "\u0082\u00c0\u0001\u00a1n\u0029";
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            SharedSessionException error = Assert.Throws<SharedSessionException>(() => session.Set("n", 1));
            await context.Response.WriteAsync($"{session["n"]} {session.IsReadOnly} {error.Failure}");
        });
        string id = Stored(payload);
        Assert.Equal("41 True ReadOnly", (await site.AskAsync(id)).Body);
        Assert.Equal(payload, Store.Text(Prefix + id));
    }

    [Theory]
    [InlineData("a|b", SharedSessionSerializer.Php, false)]
    [InlineData("7", SharedSessionSerializer.Php, false)]
    [InlineData("7", SharedSessionSerializer.PhpBinary, false)]
    [InlineData("07", SharedSessionSerializer.Php, true)]
    [InlineData("a|b", SharedSessionSerializer.PhpSerialize, true)]
    [InlineData("7", SharedSessionSerializer.PhpSerialize, true)]
    [InlineData("-7", SharedSessionSerializer.Igbinary, true)]
    public async Task A_name_that_would_cost_PHP_its_session_is_refused(string name, SharedSessionSerializer serializer,
        bool isFine)
    {
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("n", 1);
                session.Set(name, 2);
                return session[name].ToString();
            },
            options => options.Serializer = serializer);
        Answer answer = await site.AskAsync();
        if (isFine)
        {
            Assert.Equal("2", answer.Body);
            return;
        }

        Assert.Equal(SharedSessionFailure.NotRepresentable, site.Exceptions.Failure);
        Assert.Null(answer.SetCookie);
    }

    [Fact]
    public async Task A_name_that_slips_in_deep_inside_is_found_before_it_is_written()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Variables.Set("a|b", 1);
            return "";
        });
        string id = Stored("n|i:1;");
        await site.AskAsync(id);
        Assert.Equal(SharedSessionFailure.NotRepresentable, site.Exceptions.Failure);
        Assert.Equal("n|i:1;", Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
    }

    public static TheoryData<string, string, Action<SharedSession>> TooMuch() => new()
    {
        { "MaxBytes, 1048576", "", session => session.Set("big", new string('x', 1_055_000)) },
        { "MaxNameBytes, 255", "", session => session.Set(new string('n', 256), 1) },
        { "MaxNodes, 50000", "",
            session => Enumerable.Range(0, 50_001).ToList().ForEach(i => session.Array("a").Put(i).Set(i)) },
        { "MaxDepth, 64", "",
            session => Enumerable.Range(0, 65).Aggregate(session.Array("a"), (map, _) => map.Append().SetMap()) },

        // Fits by itself, not inside the string that Laravel wraps around it.
        { "MaxBytes, 1048576", "laravel", session => session.Set("big", new string('x', 1_048_540)) },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task What_could_not_be_read_again_is_not_written(string limit, string prefix,
        Action<SharedSession> fill)
    {
        bool isLaravel = prefix.Length > 0;
        await using Site site = await PageAsync(
            session =>
            {
                fill(session);
                return "";
            },
            options =>
            {
                options.Layout = isLaravel ? SessionKeyLayout.Laravel(prefix) : options.Layout;
                options.Serializer = isLaravel ? SharedSessionSerializer.PhpSerialize : options.Serializer;
            });
        string before = isLaravel ? """s:14:"a:1:{i:0;i:1;}";""" : "n|i:1;";
        string key = isLaravel ? prefix : Prefix;
        string id = Stored(before, key);
        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, (await site.AskAsync(id)).Status);
        Assert.Equal(SharedSessionFailure.TooLarge, site.Exceptions.Failure);
        Assert.Contains($"SharedSessionOptions.Limits", site.Exceptions.Seen[0].Message, StringComparison.Ordinal);
        Assert.Contains($"SessionLimits.{limit}", site.Exceptions.Seen[0].Message, StringComparison.Ordinal);
        Assert.Contains(site.Log.Lines, line => line.StartsWith("8004 ", StringComparison.Ordinal));
        Assert.Equal(before, Store.Text(key + id));
        Assert.Null(Store.Text(key + id + "_LOCK"));
    }

    [Fact]
    public async Task A_session_beyond_the_limits_is_left_alone_and_the_log_names_the_limit()
    {
        await using Site site = await PageAsync(session => session.IsAvailable.ToString());
        string id = Stored($"big|s:1048570:\"{new string('x', 1_048_570)}\";");
        Assert.Equal("False", (await site.AskAsync(id)).Body);
        string line = Assert.Single(site.Log.Lines);
        Assert.StartsWith("8008 ", line, StringComparison.Ordinal);
        Assert.Contains("SharedSessionOptions.Limits", line, StringComparison.Ordinal);
        Assert.Contains("SessionLimits.MaxBytes, 1048576", line, StringComparison.Ordinal);
        Assert.DoesNotContain("serialize_handler", line, StringComparison.Ordinal);
    }
}
