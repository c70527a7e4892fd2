using System.Text;
using SessionGateway.Commands;

namespace SessionGateway.UnitTests.Support;

/// <summary>A connection without a socket that remembers what happened to it.</summary>
public sealed class TestConnection : ClientConnection
{
    private readonly StringBuilder _pushed = new();

    /// <inheritdoc/>
    public override string RemoteAddress => $"127.0.0.1:{50_000 + Id}";

    /// <inheritdoc/>
    public override string LocalAddress => "127.0.0.1:6379";

    /// <summary>True after <see cref="Kill"/>.</summary>
    public bool IsKilled { get; private set; }

    /// <inheritdoc/>
    public override void Release() => IsHeld = false;

    /// <inheritdoc/>
    public override void Push(byte[] message) => _pushed.Append(Encoding.Latin1.GetString(message));

    /// <inheritdoc/>
    public override void Kill() => IsKilled = true;

    /// <summary>Takes what was pushed since the last call.</summary>
    public string TakePushed()
    {
        string pushed = _pushed.ToString();
        _pushed.Clear();
        return pushed;
    }
}
