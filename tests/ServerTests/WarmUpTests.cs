using System.Text;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.WarmUp;
using Xunit;

namespace SessionGateway.ServerTests;

public sealed class WarmUpTests
{
    [Theory]
    [InlineData(TransportKind.Epoll)]
    [InlineData(TransportKind.Socket)]
    public void Every_warming_request_is_answered_as_a_client_would_be(object transport)
    {
        using var server = new WarmServer((TransportKind)transport, TimeProvider.System, ProtocolTable.CreateProcessor);
        for (int round = 0; round < 2; round++)
        {
            string[] answers = Answers(server);
            Assert.Equal(3, answers.Length);
            Assert.StartsWith("VERSION ", answers[0]);
            Assert.EndsWith("DELETED\r\nNOT_FOUND\r\nDELETED\r\n", answers[0]);
            Assert.DoesNotContain("ERROR", answers[0]);
            // The last of the binary ones is the answer to a noop.
            Assert.Equal("\x81\x0a", answers[1][^24..^22]);
            Assert.StartsWith("+PONG\r\n+OK\r\n", answers[2]);
            Assert.EndsWith("with args beginning with: \r\n", answers[2]);
            Assert.Equal(["-NOSCRIPT No matching script. Please use EVAL.",
                "-ERR unknown command 'NOTHING', with args beginning with: "],
                answers[2].Split("\r\n").Where(line => line.StartsWith('-')));
        }
    }

    // A batch has a bounded number of turns: on a busy machine they can be over before the first byte is there, and it
    // is not answered.
    private static string[] Answers(WarmServer server)
    {
        string[] answers = [];
        for (int attempt = 0; attempt < 20 && (answers.Length == 0 || answers.Contains("")); attempt++)
        {
            answers = [.. server.RunAll().Select(Encoding.Latin1.GetString)];
        }

        return answers;
    }
}
