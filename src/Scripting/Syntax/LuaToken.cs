namespace SessionGateway.Scripting.Syntax;

/// <summary>A word of a Lua text. One char is one byte.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it stands, for messages; of a reserved word or sign the word.</param>
/// <param name="Value">The bytes of a string.</param>
/// <param name="Number">The value of a numeral.</param>
/// <param name="Line">Line on which it ends, from 1.</param>
internal readonly record struct LuaToken(LuaTokenKind Kind, string Text, string Value, double Number, int Line)
{
    /// <summary>True for that reserved word or sign.</summary>
    public bool Is(string word) => Kind == LuaTokenKind.Word && Text == word;

    /// <summary>As messages name it.</summary>
    public string Shown => Kind == LuaTokenKind.End ? "<eof>" : Text;
}
