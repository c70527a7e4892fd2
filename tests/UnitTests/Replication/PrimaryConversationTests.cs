using System.Text;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Stream;

namespace SessionGateway.UnitTests.Replication;

public sealed class PrimaryConversationTests
{
    private const string Id = "0123456789012345678901234567890123456789";
    private const string Other = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
    private const string Mark = "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM";
    private const string Greeting = "+PONG\r\n+OK\r\n+OK\r\n";

    public static TheoryData<string, string, bool> Payloads => new()
    {
        { $"+FULLRESYNC {Id} 77\r\n$EOF:{Mark}\r\nthe copy{Mark}", "the copy", true },
        { $"\n\n+FULLRESYNC {Id} 77\r\n\n\n$8\r\nthe copy", "the copy", false },
        { $"+FULLRESYNC {Id} 77\r\n$EOF:{Mark}\r\nMMMMM MM{Mark[..37]}x{Mark}", $"MMMMM MM{Mark[..37]}x", true },
    };

    [Theory, MemberData(nameof(Payloads))]
    public void A_copy_is_the_same_in_any_pieces(string answer, string copy, bool waits)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(Greeting + answer);
        for (int piece = 1; piece <= bytes.Length; piece++)
        {
            var talk = new PrimaryConversation(new ReplicaLogin { ListeningPort = 7 }, ReplicationId.None, 0);
            var payload = new MemoryStream();
            var sent = new StringBuilder();
            var input = new List<byte>();
            for (int at = 0; at < bytes.Length; at += piece)
            {
                input.AddRange(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)).ToArray());
                Feed(talk, input, payload, sent);
            }

            Assert.Equal("", talk.Error);
            Assert.Equal(LinkPhase.Loading, talk.Phase);
            Assert.Empty(input);
            Assert.Equal(copy, Encoding.Latin1.GetString(payload.ToArray()));
            Assert.Equal((Id, 77, copy.Length, waits), (talk.Id, talk.Offset, talk.PayloadBytes, talk.MustAcknowledge));
            Assert.Contains("PSYNC\r\n$1\r\n?\r\n$2\r\n-1\r\n", sent.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("+CONTINUE\r\n", Id)]
    [InlineData($"+CONTINUE {Other}\r\n", Other)]
    public void A_known_history_goes_on_under_its_name_or_a_new_one(string answer, string id)
    {
        var talk = new PrimaryConversation(new ReplicaLogin(), Id, 1234);
        var sent = new StringBuilder();
        Feed(talk, [.. Encoding.ASCII.GetBytes(Greeting + answer)], new MemoryStream(), sent);
        Assert.Equal((LinkPhase.Streaming, true, id, 1234), (talk.Phase, talk.IsPartial, talk.Id, talk.Offset));
        Assert.EndsWith($"PSYNC\r\n$40\r\n{Id}\r\n$4\r\n1235\r\n", sent.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-NOAUTH Authentication required.\r\n", "PING: -NOAUTH Authentication required.")]
    [InlineData(Greeting + "-LOADING Redis is loading\r\n", "PSYNC: -LOADING Redis is loading")]
    [InlineData(Greeting + "-NOMASTERLINK Can't SYNC\r\n", "PSYNC: -NOMASTERLINK Can't SYNC")]
    [InlineData(Greeting + "+FULLRESYNC x 1\r\n", "PSYNC: +FULLRESYNC x 1")]
    [InlineData(Greeting + $"+FULLRESYNC {Id} 1\r\n$EOF:short\r\n", "payload: $EOF:short")]
    [InlineData(Greeting + $"+FULLRESYNC {Id} 1\r\n$-1\r\n", "payload: $-1")]
    public void What_cannot_go_on_says_why(string answer, string error)
    {
        var talk = new PrimaryConversation(new ReplicaLogin(), ReplicationId.None, 0);
        Feed(talk, [.. Encoding.ASCII.GetBytes(answer)], new MemoryStream(), new StringBuilder());
        Assert.Equal((LinkPhase.Failed, error), (talk.Phase, talk.Error));
    }

    [Fact]
    public void A_login_comes_first_and_old_primaries_need_not_know_all_that_is_told()
    {
        var login = new ReplicaLogin { User = "u", Password = "p" };
        var talk = new PrimaryConversation(login, ReplicationId.None, 0);
        Assert.StartsWith("*3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$1\r\np\r\n", Encoding.ASCII.GetString(talk.TakeRequest()));
        var sent = new StringBuilder();
        Feed(talk, [.. Encoding.ASCII.GetBytes("+OK\r\n+PONG\r\n-ERR what\r\n-ERR what\r\n+CONTINUE\r\n")],
            new MemoryStream(), sent);
        Assert.Equal(LinkPhase.Streaming, talk.Phase);
        talk = new PrimaryConversation(login, ReplicationId.None, 0);
        talk.TakeRequest();
        Feed(talk, [.. Encoding.ASCII.GetBytes("-WRONGPASS no\r\n")], new MemoryStream(), sent);
        Assert.Equal((LinkPhase.Failed, "login: -WRONGPASS no"), (talk.Phase, talk.Error));
    }

    private static void Feed(PrimaryConversation talk, List<byte> input, MemoryStream payload, StringBuilder sent)
    {
        int taken;
        do
        {
            sent.Append(Encoding.ASCII.GetString(talk.TakeRequest()));
            taken = talk.Phase is LinkPhase.Handshake or LinkPhase.Payload
                ? talk.Take(input.ToArray(), out ReadOnlySpan<byte> part) : Nothing(out part);
            payload.Write(part);
            input.RemoveRange(0, taken);
        }
        while (taken > 0 && input.Count > 0);
    }

    private static int Nothing(out ReadOnlySpan<byte> part)
    {
        part = default;
        return 0;
    }
}
