namespace SessionGateway.Scripting.Syntax;

/// <summary>Kinds of expressions that are treated differently.</summary>
internal enum LuaExpressionKind
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>A numeral.</summary>
    Number,

    /// <summary>What is a string in any case: a literal or a concatenation.</summary>
    String,

    /// <summary>A number in any case: a length.</summary>
    Length,

    /// <summary>A variable or a field.</summary>
    Place,

    /// <summary>A call.</summary>
    Call,
}
