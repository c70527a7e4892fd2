using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Tomcat.Nodes;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>Transcripts in which sessions expire while nobody asks: played with their pauses.</summary>
public abstract class PacedReplaySuite
{
    // The shortest time between a deadline and a request that is answered otherwise on its other side.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(500);

    /// <summary>How many transcripts are played here.</summary>
    internal const int Names = 2;

    private protected abstract IStack Stack { get; }

    [Theory]
    [InlineData("nonsticky-not-loaded-text", "nonsticky-not-loaded-binary")]
    public async Task Expires_as_recorded(params string[] names)
    {
        Assert.Equal(Names, names.Length);
        // At the same time, because they mostly wait.
        await Task.WhenAll(names.Select(name => Task.Factory.StartNew(() => Schedule.Keep(Slack, schedule =>
        {
            using var nodes = new NodeSet(Stack.StartMemcached);
            using var replay = new TranscriptReplay(Transcript.Load(name), nodes,
                new ReplayOptions(Schedule: schedule));
            Assert.NotEqual(0, replay.Run());
        }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    /// <summary>Whether a transcript has to be played with pauses.</summary>
    internal static bool Needs(string name) => name.Contains("not-loaded", StringComparison.Ordinal);
}
