namespace SessionGateway.Commands.Resp.Collections;

/// <summary>What of an entry is written.</summary>
internal enum ElementForm
{
    /// <summary>Field, member or element.</summary>
    Name,

    /// <summary>The value of a field.</summary>
    Value,

    /// <summary>Field and value, one after the other.</summary>
    FieldAndValue,

    /// <summary>Field and value: RESP3 an array of both.</summary>
    FieldValuePair,

    /// <summary>Member and score: RESP3 an array of both.</summary>
    MemberScorePair,

    /// <summary>Member and score as the scan of a sorted set has them: two bulk strings.</summary>
    MemberAndScoreText,
}
