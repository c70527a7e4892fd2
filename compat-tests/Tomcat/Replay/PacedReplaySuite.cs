using SessionGateway.CompatTests.Tomcat.Nodes;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>Transcripts in which sessions expire while nobody asks: played with their pauses.</summary>
public abstract class PacedReplaySuite
{
    /// <summary>
    /// A key with exptime 4 was gone after 3.4 s, since memcached counts whole seconds. With longer pauses every
    /// server agrees.
    /// </summary>
    private const double Pace = 1.35;

    /// <summary>How many transcripts are played here.</summary>
    internal const int Names = 2;

    private protected abstract IStack Stack { get; }

    [Theory]
    [InlineData("nonsticky-not-loaded-text", "nonsticky-not-loaded-binary")]
    public async Task Expires_as_recorded(params string[] names)
    {
        Assert.Equal(Names, names.Length);
        // At the same time, because they mostly wait.
        await Task.WhenAll(names.Select(name => Task.Factory.StartNew(() =>
        {
            using var nodes = new NodeSet(Stack.StartMemcached);
            using var replay = new TranscriptReplay(Transcript.Load(name), nodes, new ReplayOptions(Pace: Pace));
            Assert.NotEqual(0, replay.Run());
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    /// <summary>Whether a transcript has to be played with pauses.</summary>
    internal static bool Needs(string name) => name.Contains("not-loaded", StringComparison.Ordinal);
}
