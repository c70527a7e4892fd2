using SessionGateway.Protocols.Resp.Client;
using SessionGateway.Replication.Link;

namespace SessionGateway.Gateway.Replication;

/// <summary>What the two nodes of a pair say to each other over the link.</summary>
internal sealed partial class PrimaryLink
{
    // A backup that is not there costs a pair its safety.
    private const long MostPairPause = 1_000;

    private ulong _pairLink;
    private bool _isAttached;

    /// <summary>Closes the connection; another one is opened.</summary>
    public void Cut(string reason)
    {
        if (!_isStopped && _link is { } link)
        {
            link.Close();
            OnDown(reason);
        }
    }

    /// <summary>Says something to the primary of the pair.</summary>
    public void Say(string words)
    {
        if (_isAttached)
        {
            _link?.TrySend(RespRequestWriter.Encode(
                "REPLCONF"u8.ToArray(), "pair-say"u8.ToArray(), System.Text.Encoding.ASCII.GetBytes(words)));
        }
    }

    private ReplicaLogin Greet()
    {
        if (_options.Pair is not { } pair)
        {
            return _login;
        }

        _pairLink = _options.Random!() | 1;
        _executor.PairLink = _pairLink;
        return _login with { Pair = pair.Greet(_pairLink) };
    }

    // Everything that the primary had is here.
    private void Attach(PrimaryConversation talk)
    {
        if (_options.Pair is { } pair)
        {
            _isAttached = true;
            pair.OnAttached(_pairLink, talk.PairEpoch, talk.PairName);
        }
    }

    private void Detach()
    {
        if (_isAttached)
        {
            _isAttached = false;
            _options.Pair!.OnDown(_pairLink);
        }
    }

    // Passes on what the primary said.
    private bool IsHandedOver()
    {
        while (_executor.Applier.TryTakeMessage(out PairMessage message))
        {
            _options.Pair?.OnMessage(message);
        }

        return _executor.Applier.IsHandedOver;
    }
}
