namespace SessionGateway.Commands.Resp;

/// <summary>
/// Where a command has its keys: from argument <see cref="First"/> to <see cref="Last"/>, every <see cref="Step"/>.
/// </summary>
/// <param name="Access">What happens to them.</param>
/// <param name="First">Argument where the search begins.</param>
/// <param name="Last">Last key counted from the first (0: just one); negative: from the end (-1: the last
/// argument).</param>
/// <param name="Step">Distance of keys.</param>
internal sealed record KeySpec(KeyAccess Access, int First, int Last = 0, int Step = 1)
{
    /// <summary>The argument at <see cref="First"/> counts the keys behind it (EVAL).</summary>
    public bool IsCounted { get; init; }

    /// <summary>Remark, as Redis has it.</summary>
    public string? Notes { get; init; }
}
