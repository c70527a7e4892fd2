using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>How far channels have been compared with a pattern; used under the hub's lock.</summary>
internal struct ChannelWalk
{
    // Going to the next channel and starting to compare: its name and itself are in no cache.
    private const int StepsPerChannel = WorkUnits.GlobStepsPerUnit / 4;

    // All that is counted of a channel while it is only listed: the name is the subscription's.
    private const int BytesPerReference = 8;

    private IReadOnlyList<HashSet<Topic>>? _parts;
    private List<byte[]>? _found;
    private int _next;
    private long _steps;

    /// <summary>Names of the channels that match.</summary>
    public readonly IReadOnlyList<byte[]> Found => _found ?? [];

    /// <summary>What the list takes.</summary>
    public readonly long Bytes => (_found?.Capacity ?? 0L) * BytesPerReference;

    /// <summary>Begins with a table, unless it has begun.</summary>
    public void Begin(NameTable<Topic> table) => _parts ??= table.Parts;

    /// <summary>Compares the next part: a 256th of many channels.</summary>
    /// <returns>True when it was the last.</returns>
    public bool CompareNext(ReadOnlySpan<byte> pattern, CommandContext context)
    {
        foreach (Topic topic in _parts![_next++])
        {
            if (GlobPattern.Matches(pattern, topic.Name, ref _steps))
            {
                (_found ??= []).Add(topic.Name);
            }

            _steps += StepsPerChannel;
        }

        context.Spend(_steps / WorkUnits.GlobStepsPerUnit);
        _steps %= WorkUnits.GlobStepsPerUnit;
        return _next == _parts.Count;
    }
}
