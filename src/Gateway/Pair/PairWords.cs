using System.Globalization;
using System.Text;
using SessionGateway.Replication.Pair;

namespace SessionGateway.Gateway.Pair;

/// <summary>What a node of a pair says of itself to people.</summary>
internal static class PairWords
{
    /// <summary>Its role in a word or two.</summary>
    public static string RoleOf(in PairState state) => state switch
    {
        { Role: PairRole.Primary, Acts: false } => "promoted, not confirmed",
        { Role: PairRole.Primary, IsSoftFenced: true } => "primary, not confirmed",
        { Role: PairRole.Primary, IsPaired: false } => "primary, alone",
        { Role: PairRole.Primary } => "primary",
        { Role: PairRole.Backup, IsPromoting: true } => "backup, promoting",
        { Role: PairRole.Backup } => "backup",
        { Role: PairRole.Fenced } => "fenced",
        _ => "joining",
    };

    /// <summary>One screen: who is primary, in sync since when, what is at risk.</summary>
    /// <param name="state">What the node knows.</param>
    /// <param name="memory">Addresses.</param>
    /// <param name="settings">Times and choices.</param>
    /// <param name="sentinels">Who watches.</param>
    /// <param name="inSyncFor">Milliseconds since there are two; negative: there are not.</param>
    public static string Screen(
        in PairState state, PairMemory memory, PairSettings settings, PairSentinels sentinels, long inSyncFor)
    {
        var text = new StringBuilder();
        string other = memory.Peer.Length > 0 ? memory.Peer : "not known yet";
        Add(text, "this node", $"{memory.Self}: {RoleOf(state)}");
        Add(text, "other node", other);
        Add(text, "primary", state.Role == PairRole.Primary && state.Acts ? memory.Self
            : state.Role == PairRole.Backup ? memory.Peer : "not known here");
        Add(text, "epoch", Text(state.Epoch));
        Add(text, "serves clients", state.Serves ? "yes" : state.Role == PairRole.Backup ? "no: a backup" : "no");
        Add(text, "link", state.IsLinked ? "up" : "down");
        Add(text, "in sync", inSyncFor >= 0 && state.IsPaired
            ? $"for {Text(inSyncFor / 1000)} s" : state.Role == PairRole.Backup && state.Lease > 0
            ? $"may be promoted for {Text(state.Lease)} ms" : "no");
        if (state.Role == PairRole.Primary && state.Acts)
        {
            Add(text, "waits for acknowledgement", $"{Text(Math.Max(0, state.Written - state.Committed))} changes");
        }

        Add(text, "Sentinels heard", $"{Text(Heard(state, settings))} of {Text(settings.Sentinels)}"
            + (sentinels.Name.Length > 0 ? $", as {sentinels.Name}" : ""));
        Add(text, "at risk", Risk(state, settings));
        return text.ToString();
    }

    /// <summary>Sentinels that were heard lately.</summary>
    public static int Heard(in PairState state, PairSettings settings)
    {
        int heard = 0;
        for (int i = 0; i < settings.Sentinels; i++)
        {
            heard += state.Sentinels[i].Silent <= settings.DownAfter * 2 ? 1 : 0;
        }

        return heard;
    }

    private static string Risk(in PairState state, PairSettings settings) => state switch
    {
        { Role: PairRole.Primary, Acts: true, IsPaired: true, IsLinked: true } =>
            "nothing that was acknowledged, with any one fault",
        { Role: PairRole.Primary, Acts: true, IsPaired: true } =>
            "no backup: writes wait until it is back or its lease is over",
        { Role: PairRole.Primary, Acts: true } => settings.Alone switch
        {
            AloneAck.Disk => "one copy, on this disk: nobody can take over until the other node is back",
            AloneAck.Refuse => "one copy: writes wait until the other node is back",
            _ => "one copy, in memory: a crash loses what was written since the other node went",
        },
        { Role: PairRole.Backup, Lease: > 0 } => "nothing: this node may be promoted",
        { Role: PairRole.Backup } => "this node may not be promoted: its primary has not said that it has everything",
        { Role: PairRole.Primary } => "nothing yet: it waits until Sentinels name it",
        _ => "this node's data may be older than the other one's: 'gateway pair promote --force' would serve it",
    };

    private static void Add(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name + ":",-27}{value}\n");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
