using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Json;

/// <summary>
/// <c>json</c>: reads the sessions of express, Rails and Flask, and writes any session as JSON to look at (see
/// <see cref="JsonEmitter"/>). Markers of that view are not interpreted on reading: JSON never becomes an object of a
/// class.
/// </summary>
/// <param name="anyRoot">Whether the value may be of any kind: an item of a cache rather than a session.</param>
internal sealed class JsonFormat(bool anyRoot = false) : ISessionFormat
{
    public static JsonFormat AnyRoot { get; } = new(anyRoot: true);

    public string Name => "json";

    // Part of a session, as an application looks at it.
    private static readonly SessionEncodeOptions View = new() { IsReadBack = false };

    private bool AllowsAnyRoot => anyRoot;

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<JsonFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<JsonEmitter>(this, tree, output, options, anyRoot ? JsonStyle.AnyRoot : JsonStyle.Session,
                out error);

    internal bool TryEncode(SessionTree tree, [NotNullWhen(true)] out byte[]? json)
    {
        var output = new ArrayBufferWriter<byte>();
        json = TryEncode(tree, output, View, out _) ? output.WrittenSpan.ToArray() : null;
        return json is not null;
    }

    private static SessionError Read(JsonFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
    {
        Span<DecodeFrame> frames = stackalloc DecodeFrame[FrameStack.OnStack];
        var reader = new JsonReader(tree, bytes, frames, limits);
        SessionError error;
        try
        {
            error = reader.Read();
        }
        catch (JsonException invalid)
        {
            // Utf8JsonReader throws on any malformed input; there is no form of it that returns a status.
            bool deep = invalid.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            error = new SessionError(deep ? SessionErrorCode.TooDeep : SessionErrorCode.Syntax, reader.At, "JSON");
        }
        catch (InvalidOperationException)
        {
            // A string that is not UTF-8, or with half of a surrogate pair.
            error = new SessionError(SessionErrorCode.Syntax, reader.At, "text");
        }

        return !error.IsNone || format.AllowsAnyRoot || tree.Root.Kind == SessionKind.Map
            ? error
            : new SessionError(SessionErrorCode.NotASession, 0);
    }
}
