using System.Globalization;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>Collects what parts of the gateway add to stats.</summary>
internal sealed class AddedLines : IInfoLines
{
    /// <summary>The lines so far.</summary>
    public List<(string Name, string Value)> All { get; } = [];

    /// <inheritdoc/>
    public void Add(string name, string value) => All.Add((name, value));

    /// <inheritdoc/>
    public void Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));
}
