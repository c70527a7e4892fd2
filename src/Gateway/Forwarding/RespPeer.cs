using System.Net;
using System.Text;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Outbound;
using SessionGateway.Gateway.Timers;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Forwarding;

/// <summary>
/// A server that is asked the same again and again over one connection, which is opened anew when it breaks, after a
/// pause that grows. Everything happens on one loop's thread.
/// </summary>
internal abstract class RespPeer : ILinkOwner
{
    private const int FirstPauseMilliseconds = 100;
    private const int LongestPauseMilliseconds = 2000;

    // Answers come at once; a server that is silent for so long is not there, however often it was asked.
    private const int SilenceMilliseconds = 2000;

    private static readonly LinkLimits Limits = new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(2), MaxInputBytes = 1 << 20, MaxUnsentBytes = 64 << 10,
    };

    private readonly EventLoop _loop;
    private readonly byte[] _login;
    private readonly PeerTimer _timer;
    private OutboundLink? _link;
    private RespReplyScanner _scanner;
    private int _pause = FirstPauseMilliseconds;
    private int _unanswered;
    private bool _waitsForLogin;
    private bool _isStopped;

    /// <summary>Makes it; <see cref="Start"/> opens it.</summary>
    /// <param name="loop">Whose thread does everything.</param>
    /// <param name="address">The server.</param>
    /// <param name="login">User and password; an empty user is the default one; null: none is needed.</param>
    protected RespPeer(EventLoop loop, EndPoint address, (string User, string Password)? login)
    {
        _loop = loop;
        Address = address;
        _login = login is not { } known ? []
            : known.User.Length == 0 ? Request("AUTH", known.Password)
            : Request("AUTH", known.User, known.Password);
        _timer = new PeerTimer(OnTimer);
    }

    /// <summary>The server.</summary>
    public EndPoint Address { get; }

    /// <summary>The address behind a name, while it is open.</summary>
    public EndPoint? Reached => _link is { IsOpen: true } link ? link.Remote : null;

    /// <summary>True when something is known of it: an answer, or that there is none.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Milliseconds between questions.</summary>
    protected abstract int Interval { get; }

    /// <summary>Opens it; on the loop's thread, or before the loop runs.</summary>
    public void Start()
    {
        _link = new OutboundLink(_loop, Address, this, Limits);
        _link.Start();
    }

    /// <summary>Ends it.</summary>
    public void Stop()
    {
        _isStopped = true;
        _loop.Deadlines.Remove(_timer);
        _link?.Close();
    }

    /// <inheritdoc/>
    public void OnConnected(OutboundLink link)
    {
        _scanner = default;
        _unanswered = 0;
        _waitsForLogin = _login.Length > 0;
        if (_waitsForLogin)
        {
            link.TrySend(_login);
        }

        OnOpen();
        AskNow();
    }

    /// <inheritdoc/>
    public int OnReceived(OutboundLink link, ReadOnlySpan<byte> bytes)
    {
        int taken = 0;
        while (taken < bytes.Length && !_isStopped)
        {
            ReplyStatus status = _scanner.Scan(bytes[taken..], out int length);
            if (status == ReplyStatus.NeedMoreData)
            {
                break;
            }

            if (status != ReplyStatus.Done)
            {
                throw new InvalidDataException($"{Address} does not speak RESP");
            }

            Take(bytes.Slice(taken, length));
            taken += length;
        }

        return taken;
    }

    /// <inheritdoc/>
    public void OnEnded(OutboundLink link, LinkEnd end)
    {
        HasAnswered = true;
        OnDown(end.Reason);
        if (!_isStopped)
        {
            _loop.Deadlines.Set(_timer, _loop.Deadlines.After(_pause));
            _pause = Math.Min(_pause * 2, LongestPauseMilliseconds);
        }
    }

    /// <summary>Asks before the time has come.</summary>
    public void AskNow()
    {
        if (_link is { IsOpen: true } link)
        {
            _unanswered++;
            link.TrySend(Question);
            _loop.Deadlines.Set(_timer, _loop.Deadlines.After(Interval));
        }
    }

    /// <summary>A request.</summary>
    protected static byte[] Request(params ReadOnlySpan<string> words)
    {
        byte[][] arguments = new byte[words.Length][];
        for (int i = 0; i < words.Length; i++)
        {
            arguments[i] = Encoding.UTF8.GetBytes(words[i]);
        }

        return RespRequestWriter.Encode(arguments);
    }

    /// <summary>What is asked.</summary>
    protected abstract byte[] Question { get; }

    /// <summary>It is open; what is sent now comes before the first question.</summary>
    protected virtual void OnOpen()
    {
    }

    /// <summary>Sends a request besides.</summary>
    protected void Send(byte[] request) => _link!.TrySend(request);

    /// <summary>An answer.</summary>
    protected abstract void OnReply(RespReplyReader reply);

    /// <summary>It could not be opened, or is over.</summary>
    protected abstract void OnDown(string reason);

    private void Take(ReadOnlySpan<byte> reply)
    {
        _unanswered = 0;
        _pause = FirstPauseMilliseconds;
        if (_waitsForLogin)
        {
            // A refused login shows again in the answers.
            _waitsForLogin = false;
            return;
        }

        var reader = new RespReplyReader(reply);
        reader.Read();
        HasAnswered = true;
        OnReply(reader);
    }

    private void OnTimer()
    {
        if (_link is { IsOpen: true } link)
        {
            if (_unanswered * Interval < SilenceMilliseconds)
            {
                AskNow();
                return;
            }

            link.Close();
            HasAnswered = true;
            OnDown("no answer in time");
        }

        Start();
    }

    private sealed class PeerTimer(Action fire) : WheelTimer
    {
        protected internal override void Fire() => fire();
    }
}
