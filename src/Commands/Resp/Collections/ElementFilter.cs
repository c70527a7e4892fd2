using SessionGateway.Protocols.Resp;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>Passes on the entries whose names match.</summary>
internal sealed class ElementFilter(ElementWriter writer, GlobPattern? pattern) : IElementVisitor
{
    private long _globSteps;

    /// <summary>Entries seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Entries passed on.</summary>
    public long Count => writer.Count;

    /// <summary>Work of the comparisons.</summary>
    public long GlobSteps => _globSteps;

    public bool Visit(in ElementView element)
    {
        Seen++;
        return (pattern is not null && !pattern.Matches(element.Name, ref _globSteps)) || writer.Visit(element);
    }
}
