using System.Globalization;
using System.Text;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>Writes lines <c>name:value</c>.</summary>
internal sealed class InfoWriter(StringBuilder text) : IInfoLines
{
    public void Add(string name, string value) => text.Append(name).Append(':').Append(value).Append("\r\n");

    public void Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>What can only be nothing here.</summary>
    public void AddZeros(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            Add(name, 0);
        }
    }

    /// <summary>Two places behind the point.</summary>
    public void AddRatio(string name, double value) =>
        Add(name, value.ToString("0.00", CultureInfo.InvariantCulture));

    /// <summary>A share of a hundred.</summary>
    public void AddPercent(string name, double value) =>
        Add(name, value.ToString("0.00", CultureInfo.InvariantCulture) + "%");

    /// <summary>Bytes, and a second line for readers.</summary>
    public void AddBytes(string name, long bytes)
    {
        Add(name, bytes);
        AddHuman(name, bytes);
    }

    /// <summary>The readable form of a number of bytes, alone.</summary>
    public void AddHuman(string name, long bytes) => Add(name + "_human", Human(bytes));

    // redis 7 server.c, bytesToHuman
    private static string Human(long bytes)
    {
        string[] units = ["B", "K", "M", "G", "T"];
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return value.ToString(unit == 0 ? "0" : "0.00", CultureInfo.InvariantCulture) + units[unit];
    }
}
