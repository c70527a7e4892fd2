using System.Text;

namespace SessionGateway.Gateway.Logging;

/// <summary>
/// Text to stdout and stderr as bytes: <c>System.Console</c>'s writers set up encodings and a terminal that nobody
/// needs here.
/// </summary>
internal static class StandardStream
{
    /// <summary>Writes to stdout.</summary>
    public static void Out(string text) => Write(Console.OpenStandardOutput(), text);

    /// <summary>Writes to stderr.</summary>
    public static void Error(string text) => Write(Console.OpenStandardError(), text);

    private static void Write(Stream stream, string text)
    {
        // Each stream is a descriptor of its own.
        using Stream opened = stream;
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush();
        }
        catch (IOException)
        {
            // Nobody reads (a closed pipe): what was said is lost, serving goes on.
        }
    }
}
