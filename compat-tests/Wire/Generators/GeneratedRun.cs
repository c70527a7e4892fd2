using System.Diagnostics;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Generators.Scenes;

namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// Plays generated conversations, one for each seed: batches of pipelined requests, each batch ended by a sentinel, now
/// and then a request that breaks the connection, or a scene of several connections.
/// </summary>
internal sealed class GeneratedRun(
    IRequestGenerator generator, IReadOnlyList<string> normalise, params IReadOnlyList<IScene> scenes)
{
    private const int RequestsPerSeed = 500;
    private const int LargestBatch = 60;
    private const int ReportedMismatches = 4;
    private const int MismatchLimit = 8;
    // For all mismatches of a run together.
    private static readonly TimeSpan ShrinkLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Plays the seeds and gives a report of the first mismatches, shrunk; null when there are none.
    /// </summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="compare">Makes the comparison for a seed, which also decides how bytes are cut up.</param>
    public string? Play(IReadOnlyList<int> seeds, Func<int, Comparison> compare)
    {
        var reports = new Dictionary<string, string>();
        TimeSpan shrinkTime = ShrinkLimit;
        var fleeting = new FleetingDifferences();
        int mismatches = 0;
        foreach (int seed in seeds)
        {
            if (mismatches == MismatchLimit)
                break;
            Comparison comparison = compare(seed);
            if (comparison.Find(Make(seed), fleeting) is not { } found)
                continue;
            mismatches++;
            // The same cause is reported once, and its conversations are not shrunk again.
            if (reports.Count == ReportedMismatches || reports.ContainsKey(found.Gist))
                continue;
            var watch = Stopwatch.StartNew();
            reports[found.Gist] = $"=== seed {seed}, shortest conversation that shows it:\n"
                + new Shrinker(c => comparison.Find(c), shrinkTime).Shrink(found);
            shrinkTime -= watch.Elapsed;
        }
        return reports.Count == 0 ? fleeting.Report(seeds.Count) : string.Join('\n', reports.Values);
    }

    /// <summary>The conversation of a seed.</summary>
    public Conversation Make(int seed)
    {
        var random = new Random(seed);
        var steps = new List<Step>();
        string connection = Open(random, steps, 0);
        for (int requests = 0; requests < RequestsPerSeed;)
        {
            List<string> lines = Batch(random);
            requests += lines.Count;
            steps.AddRange(StepsOf(connection, lines));
            if (scenes.Count > 0 && random.OneIn(2))
            {
                IEnumerable<Step> scene = scenes[random.Next(scenes.Count)].Make(random, connection, $"s{requests}");
                List<Step> played =
                    [.. scene.Select(step => step with { Normalise = [.. normalise, .. step.Normalise] })];
                requests += played.Sum(step => step.Sends.Count);
                steps.AddRange(played);
            }

            if (!random.OneIn(8))
                continue;
            // In a write of its own: memcached drops unsent answers when it closes, holds them while it reads data.
            steps.Add(new Step(connection, [generator.NextBreaking(random)]) { Normalise = normalise, Open = true });
            connection = Open(random, steps, requests);
        }
        return new Conversation($"seed {seed}", steps);
    }

    // What is not compared byte by byte has a step of its own.
    private IEnumerable<Step> StepsOf(string connection, List<string> lines)
    {
        int start = 0;
        for (int i = 0; i <= lines.Count; i++)
        {
            string? normaliser = i < lines.Count ? generator.NormaliserOf(lines[i]) : null;
            if ((normaliser is not null || i == lines.Count) && i > start)
                yield return new Step(connection, lines[start..i]) { Normalise = normalise };
            if (normaliser is null)
                continue;
            yield return new Step(connection, [lines[i]]) { Normalise = [.. normalise, normaliser] };
            start = i + 1;
        }
    }

    private string Open(Random random, List<Step> steps, int number)
    {
        string connection = $"c{number}";
        if (generator.Opening(random) is var (line, normaliser))
            steps.Add(new Step(connection, [line]) { Normalise = [normaliser] });
        return connection;
    }

    private List<string> Batch(Random random)
    {
        int size = random.Next(1, LargestBatch);
        var lines = new List<string>();
        while (lines.Count < size)
        {
            string line = generator.Next(random);
            if (generator.MayFollow(line, lines))
                lines.Add(line);
        }
        return lines;
    }
}
