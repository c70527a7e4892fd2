using System.Buffers;
using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>Copies of some entries' names and scores.</summary>
internal sealed class MemberList : IElementVisitor, IMemberSink
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];
    private readonly List<double> _scores = [];

    /// <summary>Number of entries.</summary>
    public int Count => _ends.Count;

    /// <inheritdoc/>
    long IMemberSink.Count => Count;

    /// <inheritdoc/>
    public bool IsSet => false;

    /// <inheritdoc/>
    public bool IsRefused => false;

    /// <summary>A name.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.WrittenSpan[start.._ends[index]];
        }
    }

    /// <summary>A score.</summary>
    public double ScoreAt(int index) => _scores[index];

    public bool Visit(in ElementView element)
    {
        Add(element.Name, element.Score);
        return true;
    }

    /// <summary>Adds an entry.</summary>
    public void Add(ReadOnlySpan<byte> name, double score)
    {
        _bytes.Write(name);
        _ends.Add(_bytes.WrittenCount);
        _scores.Add(score);
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _ends.Clear();
        _scores.Clear();
    }

    /// <summary>Their numbers in the order of a sorted set: by score, then by bytes.</summary>
    public int[] InOrder()
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        Array.Sort(order, (a, b) =>
        {
            int scores = _scores[a].CompareTo(_scores[b]);
            return scores != 0 && _scores[a] != _scores[b] ? scores : this[a].SequenceCompareTo(this[b]);
        });
        return order;
    }
}
