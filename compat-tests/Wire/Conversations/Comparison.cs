using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>Plays the same conversation with two servers and compares the answers.</summary>
internal sealed class Comparison(IDialect dialect, Peer left, Peer right)
{
    // Long enough for an answer on a busy machine, short because expected silences cost it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    // A difference counts only when it is there with time to spare.
    private static readonly TimeSpan SecondPatience = TimeSpan.FromSeconds(1.5);

    /// <summary>Null when both answer alike.</summary>
    /// <param name="conversation">What to play.</param>
    /// <param name="fleeting">Where a difference is noted that is not there the second time.</param>
    public Mismatch? Find(Conversation conversation, FleetingDifferences? fleeting = null)
    {
        if (Find(conversation, Patience) is not { } first)
        {
            return null;
        }

        Mismatch? second = Find(first.Conversation, SecondPatience);
        if (second is null && !first.MayBeLate)
        {
            fleeting?.Add(first.Gist);
        }

        return second;
    }

    /// <summary>The answers of one server, one list for each step.</summary>
    public static List<List<string>> Answers(IDialect dialect, Peer peer, Conversation conversation) =>
        new ConversationPlayer(dialect, peer, Clock(conversation), Patience).Play(conversation);

    private Mismatch? Find(Conversation conversation, TimeSpan patience)
    {
        DateTimeOffset now = Clock(conversation);
        List<List<string>> ours = [], theirs = [];
        // Side by side: both see the same time, and silences are waited for once.
        Parallel.Invoke(
            () => ours = new ConversationPlayer(dialect, left, now, patience).Play(conversation),
            () => theirs = new ConversationPlayer(dialect, right, now, patience).Play(conversation));
        for (int i = 0; i < ours.Count; i++)
        {
            if (ours[i].SequenceEqual(theirs[i]))
                continue;
            List<Step> upTo = [.. conversation.Steps.Take(i + 1)];
            return new Mismatch(conversation with { Steps = upTo }, (left.Name, ours[i]), (right.Name, theirs[i]));
        }
        return null;
    }

    /// <summary>
    /// The time that {now+n} is counted from. Servers round remaining times to full seconds: start early in a second,
    /// so that both are on the same side of the rounding.
    /// </summary>
    private static DateTimeOffset Clock(Conversation conversation)
    {
        bool usesTime = conversation.Steps.Any(step => step.Sends.Any(line => line.Contains("{now")));
        while (usesTime && DateTimeOffset.UtcNow.Millisecond > 250)
            Thread.Sleep(20);
        return DateTimeOffset.UtcNow;
    }
}
