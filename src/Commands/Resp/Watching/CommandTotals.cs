namespace SessionGateway.Commands.Resp.Watching;

/// <summary>The figures of all commands over all loops, at one time or since CONFIG RESETSTAT.</summary>
internal sealed class CommandTotals
{
    private readonly CommandFigure[] _all = new CommandFigure[CommandTable.All.IndexCount];

    /// <summary>Nothing counted.</summary>
    public static CommandTotals Zero { get; } = new();

    /// <summary>Adds up what the loops have counted.</summary>
    /// <param name="stats">The loops.</param>
    /// <param name="before">What is left out.</param>
    public static CommandTotals Take(ServerStats stats, CommandTotals before)
    {
        var totals = new CommandTotals();
        for (int i = 0; i < totals._all.Length; i++)
        {
            int index = i;
            stats.Each(loop => totals._all[index].Add(loop.Figures.Of(index), 1));
            totals._all[i].Add(before._all[i], -1);
        }

        return totals;
    }

    /// <summary>What a command's calls have come to.</summary>
    public CommandFigure Of(RespCommand command) => _all[command.Index];
}
