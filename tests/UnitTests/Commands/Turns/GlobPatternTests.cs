using System.Text;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.UnitTests.Commands.Turns;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "", false)]
    [InlineData("****", "", false)]
    [InlineData("****", "x", true)]
    [InlineData("a*", "a", true)]
    [InlineData("a**", "a", true)]
    [InlineData("*a*", "a", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("[", "a", false)]
    [InlineData("[^", "a", true)]
    [InlineData("[a-", "a", true)]
    [InlineData("a\\", "a\\", true)]
    [InlineData("[a-\u00ff]", "\u0010", true)]
    [InlineData("[a-\u00ff]", "\u0080", false)]
    public void A_pattern_means_what_it_means_in_redis(string pattern, string text, bool matches)
    {
        byte[] patternBytes = Encoding.Latin1.GetBytes(pattern);
        byte[] textBytes = Encoding.Latin1.GetBytes(text);
        Assert.Equal(matches, GlobPattern.Matches(patternBytes, textBytes));
        Assert.Equal(matches, SlowGlob.Matches(patternBytes, textBytes));
    }

    [Theory]
    [InlineData("ab*?[]^-\\", 8, 8)]
    [InlineData("ab*", 12, 20)]
    [InlineData("a*?", 12, 20)]
    public void Any_pattern_gives_what_the_slow_and_obvious_way_gives(string alphabet, int longest, int longestText)
    {
        var random = new Random(7);
        int matches = 0;
        for (int i = 0; i < 200_000; i++)
        {
            byte[] pattern = RandomBytes(random, alphabet, longest);
            byte[] text = RandomBytes(random, "ab-]\\", longestText);
            bool expected = SlowGlob.Matches(pattern, text);
            matches += expected ? 1 : 0;
            if (GlobPattern.Matches(pattern, text) != expected)
            {
                Assert.Fail($"{Encoding.Latin1.GetString(pattern)} on {Encoding.Latin1.GetString(text)}: {expected}");
            }
        }

        Assert.InRange(matches, 1000, 199_000);
    }

    [Fact]
    public void The_search_for_long_pieces_gives_what_trying_every_place_gives()
    {
        var random = new Random(8);
        for (int i = 0; i < 3000; i++)
        {
            byte[] piece = RandomBytes(random, i % 2 == 0 ? "aaaaab?" : "aaab[]^?\\-", 200);
            byte[] text = RandomBytes(random, "aaaaaaaab", 400);
            if (piece.Length == 0)
            {
                continue;
            }

            GlobElement.PieceEnd(piece, 0, out int length);
            long steps = 0;
            int slow = GlobSearch.Find(piece, length, text, long.MaxValue, ref steps);
            Assert.Equal(slow, GlobSearch.Find(piece, length, text, -1, ref steps));
        }
    }

    [Theory]
    [InlineData("*{a}b", 1000)]
    [InlineData("*{a}b*{a}c", 500)]
    [InlineData("*{?}b", 1000)]
    [InlineData("*{*a}b", 500)]
    [InlineData("*[{x}]b", 1000)]
    [InlineData("{*a?}", 300)]
    public void No_pattern_takes_more_steps_than_some_words_for_each_byte(string shape, int repeat)
    {
        int from = shape.IndexOf('{', StringComparison.Ordinal);
        int to = shape.IndexOf('}', StringComparison.Ordinal);
        string repeated = string.Concat(Enumerable.Repeat(shape[(from + 1)..to], repeat));
        string pattern = shape[..from] + repeated
            + shape[(to + 1)..].Replace("{a}", new string('a', 400), StringComparison.Ordinal);
        byte[] text = Encoding.ASCII.GetBytes(new string('a', 65_535));
        long steps = 0;
        Assert.InRange(pattern.Length, 1, GlobPattern.MaxBytes);
        GlobPattern.Matches(Encoding.ASCII.GetBytes(pattern), text, ref steps);

        // 16 for the first look, 16 words of 64 elements, and what the masks take: a thousand bytes for 256 values.
        Assert.InRange(steps, 0, (65_535L * 34) + 300_000);
    }

    [Fact]
    public void A_pattern_that_is_too_long_is_refused()
    {
        Assert.True(GlobPattern.TryParse(new byte[GlobPattern.MaxBytes], out _));
        Assert.False(GlobPattern.TryParse(new byte[GlobPattern.MaxBytes + 1], out _));
    }

    private static byte[] RandomBytes(Random random, string alphabet, int longest) =>
        [.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => (byte)alphabet[random.Next(alphabet.Length)])];
}
