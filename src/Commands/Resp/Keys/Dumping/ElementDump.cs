using SessionGateway.Protocols.Rdb;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>Gives the entries that it visits to a writer.</summary>
internal sealed class ElementDump(RdbValueWriter writer) : IElementVisitor
{
    public bool Visit(in ElementView element)
    {
        writer.Add(new RdbElement
        {
            Name = element.Name, Value = element.Value, Score = element.Score, ExpiresAt = element.ExpiresAt,
        });
        return !writer.Body.Overflowed;
    }
}
