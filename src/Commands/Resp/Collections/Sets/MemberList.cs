using System.Buffers;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>Copies of some members.</summary>
internal sealed class MemberList : IElementVisitor
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];

    /// <summary>Number of members.</summary>
    public int Count => _ends.Count;

    /// <summary>A member.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.WrittenSpan[start.._ends[index]];
        }
    }

    public bool Visit(in ElementView element)
    {
        _bytes.Write(element.Name);
        _ends.Add(_bytes.WrittenCount);
        return true;
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _ends.Clear();
    }

    /// <summary>Passes those on that belong to a combination.</summary>
    public void CopyTo(in RespCall call, in SetCombination combination, int place, ElementWriter result, long most)
    {
        for (int i = 0; i < _ends.Count && result.Count < most; i++)
        {
            if (combination.Belongs(call, place, this[i]))
            {
                result.Write(this[i]);
            }
        }
    }
}
