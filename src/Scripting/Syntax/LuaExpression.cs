namespace SessionGateway.Scripting.Syntax;

/// <summary>What was read as an expression.</summary>
/// <param name="Start">Place of its first word.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">As messages name it (<c>local 'x'</c>), or null.</param>
/// <param name="Number">Value of a numeral.</param>
internal readonly record struct LuaExpression(int Start, LuaExpressionKind Kind, string? Name = null, double Number =
    0);
