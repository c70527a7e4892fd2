using System.Runtime.CompilerServices;
using System.Text;

namespace SessionGateway.Store.Segments.Integrity;

/// <summary>The message of a requirement: put together only when it is not met, because there are millions of
/// them.</summary>
[InterpolatedStringHandler]
internal readonly ref struct RequirementMessage
{
    private readonly StringBuilder? _text;

    /// <summary>The compiler's entry.</summary>
    public RequirementMessage(int literalLength, int holes, bool isMet, out bool isNeeded)
    {
        isNeeded = !isMet;
        _text = isMet ? null : new StringBuilder(literalLength + (holes * 12));
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(value);

    public override string ToString() => _text?.ToString() ?? "";
}
