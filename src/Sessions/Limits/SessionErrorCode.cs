namespace SessionGateway.Sessions;

/// <summary>Why bytes could not be read as a session, or a session not be written as bytes.</summary>
public enum SessionErrorCode
{
    /// <summary>No error.</summary>
    None,

    /// <summary>The bytes end inside a value, or a length points past their end.</summary>
    Truncated,

    /// <summary>A byte that the grammar does not allow at this place.</summary>
    Syntax,

    /// <summary>A length or count that the remaining bytes cannot hold.</summary>
    BadLength,

    /// <summary>Bytes are left over after the last value.</summary>
    TrailingBytes,

    /// <summary>A back reference, handle or memo number that names nothing, or something of the wrong kind.</summary>
    BadReference,

    /// <summary>The root is a single value, not a map of variables.</summary>
    NotASession,

    /// <summary>Valid in the format, but not on the list of what is read (a pickle opcode that calls code,
    /// say).</summary>
    NotAllowed,

    /// <summary>A compression or version this library does not know.</summary>
    Unsupported,

    /// <summary>A checksum does not match.</summary>
    Checksum,

    /// <summary>Nested deeper than <see cref="SessionLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>More values than <see cref="SessionLimits.MaxNodes"/>.</summary>
    TooManyNodes,

    /// <summary>A variable's name is longer than <see cref="SessionLimits.MaxNameBytes"/>.</summary>
    NameTooLong,

    /// <summary>More bytes than <see cref="SessionLimits.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>Decompressed or written out, more bytes than the limits on expansion allow.</summary>
    Expansion,

    /// <summary>Writing: the format cannot hold this value or name.</summary>
    NotRepresentable,

    /// <summary>Writing: the value contains itself and the format has no references.</summary>
    Cyclic,
}
