namespace SessionGateway.Commands.Resp.Strings.Conditional;

/// <summary>What a value is compared with before it is replaced or deleted.</summary>
internal enum ConditionKind : byte
{
    None,

    /// <summary>IFEQ: the value is this one. Not so when the key is absent.</summary>
    Equal,

    /// <summary>IFNE: the value is another one, or absent.</summary>
    NotEqual,

    /// <summary>IFDEQ: the value has this digest. Not so when the key is absent.</summary>
    DigestEqual,

    /// <summary>IFDNE: the value has another digest, or is absent.</summary>
    DigestNotEqual,
}
