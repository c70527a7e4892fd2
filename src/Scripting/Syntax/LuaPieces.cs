using System.Text;

namespace SessionGateway.Scripting.Syntax;

/// <summary>The words of the text that is made, each on its line, with what is set around them later.</summary>
internal sealed class LuaPieces
{
    private readonly List<(string Text, int Line)> _words = [];
    private readonly Dictionary<int, string> _before = [];
    private readonly Dictionary<int, string> _after = [];

    /// <summary>Number of words so far: the place of the next.</summary>
    public int Count => _words.Count;

    /// <summary>Adds a word.</summary>
    public void Add(string text, int line) => _words.Add((text, line));

    /// <summary>Another text for a word.</summary>
    public void Replace(int place, string text) => _words[place] = (text, _words[place].Line);

    /// <summary>Sets something around the words from one place up to the last one added.</summary>
    public void Wrap(int from, string before, string after) => Wrap(from, _words.Count - 1, before, after);

    /// <summary>Sets something around the words of a range.</summary>
    public void Wrap(int from, int to, string before, string after)
    {
        _before[from] = before + _before.GetValueOrDefault(from);
        _after[to] = _after.GetValueOrDefault(to) + after;
    }

    /// <summary>The whole text.</summary>
    public string Render(string head, string tail)
    {
        var text = new StringBuilder(head);
        int line = 1;
        for (int i = 0; i < _words.Count; i++)
        {
            (string word, int at) = _words[i];
            if (at > line)
            {
                text.Append('\n', at - line);
                line = at;
            }

            text.Append(_before.GetValueOrDefault(i)).Append(word).Append(_after.GetValueOrDefault(i)).Append(' ');
        }

        return text.Append(tail).ToString();
    }
}
