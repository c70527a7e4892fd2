using System.Globalization;
using System.Text;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.SessionTool;

namespace SessionGateway.Gateway.Transfer;

/// <summary>
/// What became of the keys: a line for each that was not taken (database, key, reason), a line of progress a second on
/// stderr, and the sums at the end.
/// </summary>
internal sealed class TransferReport : IDisposable
{
    /// <summary>The reason of a key that is not replaced.</summary>
    public const string ThereAlready = "the gateway has the key already";

    private const int MostShown = 200;

    private readonly TextWriter _lines;
    private readonly TimeProvider _time;
    private readonly string _done;
    private readonly long _start;
    private long _nextLook;

    /// <summary>Begins.</summary>
    /// <param name="file">Where the lines go; null: stdout.</param>
    /// <param name="done">What is done to keys: "imported".</param>
    /// <param name="time">Time.</param>
    /// <exception cref="SessionToolException">The file cannot be written.</exception>
    public TransferReport(string? file, string done, TimeProvider time)
    {
        try
        {
            Stream stream = file is null ? Console.OpenStandardOutput() : File.Create(file);
            _lines = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new SessionToolException($"cannot write '{file}': {e.Message}");
        }

        _done = done;
        _time = time;
        _start = time.GetTimestamp();
        _nextLook = _start + time.TimestampFrequency;
    }

    /// <summary>Keys that were taken.</summary>
    public long Taken { get; set; }

    /// <summary>Keys that were over.</summary>
    public long Expired { get; set; }

    /// <summary>Keys, and what else there was, that were not taken.</summary>
    public long NotTaken { get; private set; }

    /// <summary>Of what is told in <see cref="Look"/>: all of it, 0 when not known.</summary>
    public long Total { get; set; }

    /// <summary>Said behind the sums; null: nothing.</summary>
    public string? Note { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Notes a key that was not taken.</summary>
    public void Refuse(int database, ReadOnlySpan<byte> key, string reason)
    {
        NotTaken++;
        _lines.WriteLine($"{database}\t{Shown(key)}\t{SessionProgram.OneLine(reason)}");
    }

    /// <summary>Tells of the progress, once a second.</summary>
    /// <param name="done">How much of <see cref="Total"/> is done.</param>
    public void Look(long done)
    {
        long now = _time.GetTimestamp();
        if (now < _nextLook)
        {
            return;
        }

        _nextLook = now + _time.TimestampFrequency;
        double seconds = _time.GetElapsedTime(_start, now).TotalSeconds;
        long keys = Taken + Expired + NotTaken;
        string text = string.Create(CultureInfo.InvariantCulture, $"{keys} keys, {keys / seconds:0} a second");
        if (Total > 0 && done > 0)
        {
            double share = Math.Min((double)done / Total, 1);
            text += string.Create(CultureInfo.InvariantCulture,
                $", {share * 100:0} %, {seconds * (1 - share) / share:0} s left");
        }

        StandardStream.Error(text + "\n");
    }

    /// <summary>Tells the sums.</summary>
    /// <returns>True when everything was taken.</returns>
    public bool Finish()
    {
        double seconds = _time.GetElapsedTime(_start).TotalSeconds;
        StandardStream.Error(string.Create(CultureInfo.InvariantCulture,
            $"{Taken} {_done}, {Expired} expired, {NotTaken} not taken, in {seconds:0.0} s")
            + $"{(Note is null ? "" : "; " + SessionProgram.OneLine(Note))}\n");
        return NotTaken == 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    // What is no letter is written as \xHH, so that a line is a line and a tab is a border.
    private static string Shown(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder();
        foreach (byte b in key[..Math.Min(key.Length, MostShown)])
        {
            _ = b is > 32 and < 127 and not (byte)'\\'
                ? text.Append((char)b) : text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
        }

        return text.Append(key.Length > MostShown ? "..." : "").ToString();
    }
}
