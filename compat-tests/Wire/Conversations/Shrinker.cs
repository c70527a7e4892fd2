using System.Diagnostics;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>Drops requests from a conversation while it still shows a mismatch.</summary>
/// <param name="find">Plays a conversation; null when nothing differs.</param>
/// <param name="limit">Longest time to spend.</param>
internal sealed class Shrinker(Func<Conversation, Mismatch?> find, TimeSpan limit)
{
    public Mismatch Shrink(Mismatch found)
    {
        var watch = Stopwatch.StartNew();
        // Each request by itself; (step, line) pairs keep steps together.
        List<(int Step, string Line)> requests = Flatten(found.Conversation);
        for (int chunk = Math.Max(1, requests.Count / 2); chunk >= 1; chunk /= 2)
        {
            // From the end: the last request is needed most often, those before it least.
            for (int end = requests.Count; end > 0 && watch.Elapsed < limit; end -= chunk)
            {
                int start = Math.Max(0, end - chunk);
                List<(int, string)> fewer = [.. requests[..start], .. requests[Math.Min(end, requests.Count)..]];
                if (fewer.Count == 0 || find(Rebuild(found.Conversation, fewer)) is not { } again)
                    continue;
                found = again with { Conversation = again.Conversation with { Title = found.Conversation.Title } };
                requests = Flatten(found.Conversation);
                end = Math.Min(end, requests.Count + chunk);
            }
        }
        return found;
    }

    private static List<(int Step, string Line)> Flatten(Conversation conversation) =>
        [.. conversation.Steps.SelectMany((step, i) => step.Sends.Select(line => (i, line)))];

    private static Conversation Rebuild(Conversation conversation, List<(int Step, string Line)> requests) =>
        conversation with
        {
            Steps =
            [
                .. requests.GroupBy(request => request.Step)
                    .Select(group => conversation.Steps[group.Key] with { Sends = [.. group.Select(one => one.Line)] }),
            ],
        };
}
