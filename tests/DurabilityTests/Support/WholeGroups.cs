using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Support;

/// <summary>Takes mutations as a store does: those of a group when it ends.</summary>
internal sealed class WholeGroups : IMutationSink
{
    private readonly List<string> _group = [];
    private bool _isInGroup;

    /// <summary>What had an effect, in order.</summary>
    public List<string> Applied { get; } = [];

    public ApplyStatus Apply(in Mutation mutation)
    {
        _isInGroup |= mutation.Kind == MutationKind.GroupBegin;
        (_isInGroup ? _group : Applied).Add(MutationText.Of(mutation));
        if (mutation.Kind == MutationKind.GroupEnd)
        {
            Applied.AddRange(_group);
            _group.Clear();
            _isInGroup = false;
        }

        return ApplyStatus.Applied;
    }
}
