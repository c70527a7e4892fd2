using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using SessionGateway.Sessions.Json;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions;

/// <summary>
/// A session as indented text for people: a line per value, <c>name: value</c>, the entries of a map below it. Values
/// and names stand as in the JSON view (text in quotes unless <see cref="SessionTree.MaskValues"/> was called;
/// <c>$class</c>, <c>$base64</c>, <c>$ref</c>), except that integers are plain whatever their size. Control and format
/// characters are escaped: what a user typed into a session does not reach the terminal.
/// </summary>
public static class SessionText
{
    /// <summary>Writes the text. Gives false, with the reason, where the tree is deeper or larger than the
    /// limits.</summary>
    public static bool TryWrite(SessionTree tree, SessionLimits limits, [NotNullWhen(true)] out string? text,
        out SessionError error)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(limits);
        var json = new ArrayBufferWriter<byte>();
        var options = new SessionEncodeOptions { Limits = limits, IsReadBack = false };
        const JsonStyle style = JsonStyle.AnyRoot | JsonStyle.ExactIntegers;
        text = TreeWalker.Encode<JsonEmitter>(JsonFormat.AnyRoot, tree, json, options, style, out error)
            ? new JsonOutline((tree.Traits & TreeTraits.Masked) != 0).Of(json.WrittenSpan, limits.MaxDepth)
            : null;
        return text is not null;
    }
}
