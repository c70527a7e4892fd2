using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>How far a channel has been compared with the patterns; used under the hub's lock.</summary>
internal struct PatternWalk
{
    // Finding the next pattern and starting to compare.
    private const int StepsPerPattern = 32;

    private bool _hasCompared;
    private long _steps;

    /// <summary>Steps of comparing that were not spent.</summary>
    public readonly long Steps => _steps;

    /// <summary>Number of the first topic that was not looked at.</summary>
    public long Next { get; private set; }

    /// <summary>Topics of the patterns that match; null: none.</summary>
    public List<Topic>? Matches { get; private set; }

    /// <summary>True when the turn is over; a turn compares at least one.</summary>
    public bool IsOver(CommandContext context)
    {
        bool isOver = _hasCompared && context.ShouldPause();
        _hasCompared = !isOver;
        return isOver;
    }

    /// <summary>Compares.</summary>
    public void Compare(Topic pattern, ReadOnlySpan<byte> channel)
    {
        if (GlobPattern.Matches(pattern.Name, channel, ref _steps))
        {
            (Matches ??= []).Add(pattern);
        }

        Next = pattern.Number + 1;
        _steps += StepsPerPattern;
    }

    /// <summary>Spends the steps as work of the turn.</summary>
    public void Spend(CommandContext context)
    {
        context.Spend(_steps / WorkUnits.GlobStepsPerUnit);
        _steps %= WorkUnits.GlobStepsPerUnit;
    }
}
