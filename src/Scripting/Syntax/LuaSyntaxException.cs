namespace SessionGateway.Scripting.Syntax;

/// <summary>A text is no Lua 5.1. Thrown and caught inside <see cref="Lua51Translator.TryTranslate"/>.</summary>
internal sealed class LuaSyntaxException(string message) : Exception(message);
