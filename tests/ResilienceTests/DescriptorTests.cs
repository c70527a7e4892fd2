using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.ResilienceTests.Support;

namespace SessionGateway.ResilienceTests;

public sealed class DescriptorTests
{
    // The runtime opens about a hundred files, the gateway keeps another hundred for it.
    private const int FewDescriptors = 260;

    // Enough for the runtime to start, not enough for connections beside its needs.
    private const int TooFewDescriptors = 150;

    // Threads and libraries that it takes up while it serves; all places of a round are more.
    private const int FilesOfTheRuntime = 8;

    [Theory]
    [EachTransport]
    public void With_few_descriptors_connections_end_before_them_and_places_become_free_again(string transport)
    {
        using var gateway = RunningGateway.StartWithDescriptors(FewDescriptors, transport);
        int places = PlacesLogged(gateway);
        Assert.InRange(places, 10, FewDescriptors - 100);
        int before = OpenFiles(gateway);
        for (int round = 0; round < 3; round++)
        {
            List<Client> clients = [];
            try
            {
                for (int i = 0; i < places; i++)
                {
                    clients.Add(Client.Connect(gateway.AutoPort));
                    clients[i].Ask("get nothing\r\n", "END\r\n");
                }

                for (int i = 0; i < FewDescriptors; i++)
                {
                    using var late = Client.Connect(gateway.AutoPort);
                    (byte[] answer, Ending ending) = late.ReadToEnd();
                    Assert.Equal(("ERROR Too many open connections\r\n", Ending.Closed),
                        (Encoding.Latin1.GetString(answer), ending));
                }

                clients.ForEach(client => client.Ask("get nothing\r\n", "END\r\n"));
                Assert.Equal(places, RunningGateway.Statistic(clients[0], "curr_connections"));
            }
            finally
            {
                clients.Skip(1).ToList().ForEach(client => client.Dispose());
            }

            // The gateway learns of an end after the client has gone on: a client of the next round that came before
            // that would be one too many, and rightly be told so.
            using Client last = clients[0];
            Wait.Until(
                () => RunningGateway.Statistic(last, "curr_connections") == 1,
                () => $"free places; {RunningGateway.Statistic(last, "curr_connections")} connections are counted");
            Wait.Until(
                () => OpenFiles(gateway) <= before + 1 + FilesOfTheRuntime,
                () => $"descriptors given back: {OpenFiles(gateway)} open, {before} before any connection");
        }

        Assert.Equal(0, gateway.Process.Terminate(Wait.Patience));
    }

    [Theory]
    [EachTransport]
    public void Without_descriptors_for_any_connection_the_start_fails_with_one_line(string transport)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path
            ? path : "dotnet";
        ToolResult result = Tool.Run("sh",
        [
            "-c", $"ulimit -n {TooFewDescriptors} && exec \"$@\"", "sh", dotnet, Repository.GatewayDll,
            "--listen", "127.0.0.1:0", "--transport", transport,
        ]);
        Assert.Equal((1, ""), (result.ExitCode, result.StdOut));
        Assert.Equal(
            $"gateway: the limit of open files, {TooFewDescriptors}, leaves none for connections: raise it (ulimit -n)"
            + " or lower --threads\n", result.StdErr);
    }

    private static int PlacesLogged(RunningGateway gateway)
    {
        var pattern = new Regex($"at most (\\d+) connections instead of 10000: .* only {FewDescriptors} files");
        Match? said = null;
        // Logging does not hold up the start.
        Wait.Until(() => (said = pattern.Match(gateway.Process.Output)).Success,
            () => $"{pattern}, not {gateway.Process.Output}");
        return int.Parse(said!.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static int OpenFiles(RunningGateway gateway) =>
        Directory.GetFileSystemEntries($"/proc/{gateway.Process.Id}/fd").Length;
}
