using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Conditional;

/// <summary>
/// IFEQ value | IFNE value | IFDEQ digest | IFDNE digest of SET and DELEX (redis 8.4; IFEQ valkey 8.1).
/// </summary>
/// <param name="Kind">What is compared.</param>
/// <param name="Index">Argument that it is compared with.</param>
internal readonly record struct ValueCondition(ConditionKind Kind, int Index)
{
    /// <summary>The kind that a word names, or none.</summary>
    public static ConditionKind KindOf(in RespCall call, int index) => call[index].Length switch
    {
        4 when call.Is(index, "ifeq"u8) => ConditionKind.Equal,
        4 when call.Is(index, "ifne"u8) => ConditionKind.NotEqual,
        5 when call.Is(index, "ifdeq"u8) => ConditionKind.DigestEqual,
        5 when call.Is(index, "ifdne"u8) => ConditionKind.DigestNotEqual,
        _ => ConditionKind.None,
    };

    /// <summary>False, and the error written, when a digest cannot be one by its length. Other letters than
    /// hexadecimal ones are the digest of nothing.</summary>
    public bool IsValid(in RespCall call)
    {
        bool isDigest = Kind is ConditionKind.DigestEqual or ConditionKind.DigestNotEqual;
        if (isDigest && call[Index].Length != ValueDigest.Digits)
        {
            call.Error(RespErrors.NotADigest);
            return false;
        }

        return true;
    }

    /// <summary>True when it holds for a string, or for the absence of one.</summary>
    public bool Holds(in RespCall call, bool exists, in ItemView item)
    {
        switch (Kind)
        {
            case ConditionKind.None:
                return true;
            case ConditionKind.Equal:
                return exists && item.Value.SequenceEqual(call[Index]);
            case ConditionKind.NotEqual:
                return !exists || !item.Value.SequenceEqual(call[Index]);
            default:
                bool isEqual = exists && ValueDigest.TryParse(call[Index], out ulong digest)
                    && ValueDigest.Of(item.Value) == digest;
                return isEqual == (Kind == ConditionKind.DigestEqual);
        }
    }
}
