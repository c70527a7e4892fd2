using System.Text;

namespace SessionGateway.Bench.Load.Reporting;

/// <summary>A Markdown table that is also readable as plain text: numbers to the right, words to the left.</summary>
internal sealed class MarkdownTable(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        int[] widths = [.. header.Select((_, column) => _rows.Max(row => row[column].Length))];
        StringBuilder text = new();
        for (int row = 0; row < _rows.Count; row++)
        {
            IEnumerable<string> cells = _rows[row].Select((cell, column) =>
                IsNumeric(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
            if (row == 0)
                text.Append('|').AppendJoin('|', widths.Select((width, column) =>
                    IsNumeric(column) ? new string('-', width + 1) + ":" : new string('-', width + 2))).AppendLine("|");
        }

        return text.ToString();
    }

    private bool IsNumeric(int column) =>
        _rows.Count > 1 && char.IsAsciiDigit(_rows[1][column].TrimStart('-').FirstOrDefault());
}
