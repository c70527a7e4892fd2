using SessionGateway.Gateway.Connections.Outbound;

namespace SessionGateway.Gateway.Replication;

/// <summary>What is done with each turn of its loop.</summary>
internal sealed partial class PrimaryLink
{
    private void Turn()
    {
        _isTurnWanted = false;
        if (_isStopped)
        {
            return;
        }

        try
        {
            if (_loading is not null)
            {
                Load();
            }
            else
            {
                Execute();
            }
        }
        catch (Exception failure)
        {
            OutboundLink? link = _link;
            DropCopy();
            _knows = false;
            _input.Free();
            if (link is not null)
            {
                _loop.Failures.Note(link, failure);
                link.Close();
            }

            OnDown($"what came could not be done: {failure.Message}");
        }
    }
}
