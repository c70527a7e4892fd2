namespace SessionGateway.Scripting.Syntax;

/// <summary>Kinds of words of a Lua text.</summary>
internal enum LuaTokenKind
{
    /// <summary>The text is over.</summary>
    End,

    /// <summary>A name that is not reserved.</summary>
    Name,

    /// <summary>A numeral.</summary>
    Number,

    /// <summary>A string in quotes or long brackets.</summary>
    String,

    /// <summary>A reserved word or a sign.</summary>
    Word,
}
