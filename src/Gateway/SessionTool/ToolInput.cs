using SessionGateway.Gateway.SessionTool.Opening;

namespace SessionGateway.Gateway.SessionTool;

/// <summary>Bytes from a file or stdin.</summary>
internal static class ToolInput
{
    private const string StdIn = "-";

    /// <summary>Reads all of it.</summary>
    /// <exception cref="SessionToolException">It cannot be read, or is too much.</exception>
    public static StoredValue Read(string file)
    {
        try
        {
            using Stream stream = file == StdIn ? Console.OpenStandardInput() : File.OpenRead(file);
            var bytes = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > SessionOpening.Limits.MaxBytes)
                {
                    throw new SessionToolException($"'{file}': more than {SessionOpening.Limits.MaxBytes} bytes");
                }
            }

            return new StoredValue(file == StdIn ? "stdin" : file, bytes.ToArray(), 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new SessionToolException($"cannot read '{file}': {e.Message}");
        }
    }
}
