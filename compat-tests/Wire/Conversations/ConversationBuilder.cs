namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>Collects the lines of one conversation.</summary>
internal sealed class ConversationBuilder(string title)
{
    public const string FirstConnection = "a";

    private readonly List<Step> _steps = [];
    private readonly List<string> _comments = [];
    private string _connection = FirstConnection;
    private TimeSpan _wait;
    private List<string> _normalise = [];
    private List<string> _sends = [];
    private List<string> _expected = [];
    private bool _open;
    private bool _halfClose;
    private bool _parks;
    private bool _settles;

    public bool Accept(string line)
    {
        if (line.StartsWith("< ", StringComparison.Ordinal))
        {
            _expected.Add(line[2..]);
            return true;
        }
        if (line[0] == '#')
        {
            _comments.Add(line);
            return true;
        }
        if (_expected.Count > 0 || _open || _halfClose || _parks || _settles)
        {
            // Only "^" may follow "..." of the same step; everything else begins the next one.
            if (line != "^" || _expected.Count > 0)
                Finish();
        }
        switch (line[0])
        {
            case '>':
                _sends.Add(line);
                return true;
            case '^':
                _halfClose = true;
                return true;
            case '.' when line == "...":
                _open = true;
                return true;
            case '&':
                _parks = true;
                return true;
            case '=' when line == "=":
                _settles = true;
                return true;
        }
        Finish();
        switch (line[0])
        {
            case '@':
                _connection = line[1..].Trim();
                return true;
            case '~':
                _wait = TimeSpan.FromMilliseconds(int.Parse(line[1..].Trim()));
                return true;
            case '%':
                _normalise = [.. line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
                return true;
            case '-' when line == "--":
                return true; // ends a step that has no reply
            default:
                return false;
        }
    }

    public Conversation Build()
    {
        Finish();
        bool onePiece = title.EndsWith(ConversationFile.OnePieceMark, StringComparison.Ordinal);
        return new Conversation(onePiece ? title[..^ConversationFile.OnePieceMark.Length] : title, _steps)
        {
            OnePiece = onePiece,
            Comments = _comments,
        };
    }

    private void Finish()
    {
        if (_sends.Count == 0 && !_open && !_halfClose)
            return;
        _steps.Add(new Step(_connection, _sends)
        {
            Open = _open,
            HalfClose = _halfClose,
            Parks = _parks,
            Settles = _settles,
            Wait = _wait,
            Normalise = _normalise,
            Expected = _expected,
        });
        _wait = TimeSpan.Zero;
        _normalise = [];
        _sends = [];
        _expected = [];
        _open = _halfClose = _parks = _settles = false;
    }
}
