namespace SessionGateway.Commands.Resp.Wide;

/// <summary>How the answers of the pieces of a wide call become one.</summary>
internal enum WideReply
{
    /// <summary>Numbers: their sum.</summary>
    Sum,

    /// <summary>That of the last piece.</summary>
    Last,

    /// <summary>Arrays: one behind the other.</summary>
    Array,
}
