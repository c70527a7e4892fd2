using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>Writes the entries that it visits.</summary>
internal sealed class ElementWriter(OutputBuffer output, int version, ElementForm form)
    : IElementVisitor, IMemberSink
{
    /// <summary>Entries written.</summary>
    public long Count { get; private set; }

    /// <summary>Heads of an answer and its entries, as the version has them.</summary>
    public static void WriteHead(OutputBuffer output, ElementHead head, ElementForm form, long count, int version)
    {
        // Pairs are one after the other in RESP2.
        int times = version == 2
            && form is not (ElementForm.Name or ElementForm.Value) && head != ElementHead.Map ? 2 : 1;
        switch (head)
        {
            case ElementHead.Map:
                output.WriteMap((int)count, version);
                break;
            case ElementHead.Set:
                output.WriteSet((int)count, version);
                break;
            default:
                output.WriteArray((int)count * times);
                break;
        }
    }

    /// <summary>Writes an entry.</summary>
    public static void Write(OutputBuffer output, in ElementView element, ElementForm form, int version)
    {
        switch (form)
        {
            case ElementForm.Name:
                output.WriteBulk(element.Name);
                break;
            case ElementForm.Value:
                output.WriteBulk(element.Value);
                break;
            case ElementForm.FieldAndValue:
                output.WriteBulk(element.Name);
                output.WriteBulk(element.Value);
                break;
            case ElementForm.MemberAndScoreText:
                output.WriteBulk(element.Name);
                output.WriteDouble(element.Score, 2);
                break;
            case ElementForm.FieldValuePair:
                if (version > 2)
                {
                    output.WriteArray(2);
                }

                output.WriteBulk(element.Name);
                output.WriteBulk(element.Value);
                break;
            default:
                WritePair(output, element.Name, element.Score, version);
                break;
        }
    }

    /// <summary>Writes a name.</summary>
    public void Write(ReadOnlySpan<byte> name)
    {
        output.WriteBulk(name);
        Count++;
    }

    /// <summary>Writes a name and, if the form has it, a score.</summary>
    public void Write(ReadOnlySpan<byte> name, double score)
    {
        if (form == ElementForm.Name)
        {
            output.WriteBulk(name);
        }
        else
        {
            WritePair(output, name, score, version);
        }

        Count++;
    }

    /// <inheritdoc/>
    public bool IsSet => false;

    /// <inheritdoc/>
    public bool IsRefused => false;

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> member, double score) => Write(member, score);

    public bool Visit(in ElementView element)
    {
        Write(output, element, form, version);
        Count++;
        return !output.Overflowed;
    }

    private static void WritePair(OutputBuffer output, ReadOnlySpan<byte> name, double score, int version)
    {
        if (version > 2)
        {
            output.WriteArray(2);
        }

        output.WriteBulk(name);
        output.WriteDouble(score, version);
    }
}
