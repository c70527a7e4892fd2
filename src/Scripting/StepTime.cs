namespace SessionGateway.Scripting;

/// <summary>Most processor time of a step: what bounds it where instructions weigh more than most.</summary>
/// <param name="Most">Time after which it is over.</param>
/// <param name="MostOfFew">The same while it has executed fewer than <see cref="FewInstructions"/>: a collection of
/// garbage or a fault of a page must not end what is short.</param>
public readonly record struct StepTime(TimeSpan Most, TimeSpan MostOfFew)
{
    /// <summary>So many are few.</summary>
    public const int FewInstructions = 10_000;
}
