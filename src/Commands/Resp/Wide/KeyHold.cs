using System.Runtime.InteropServices;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Commands.Resp.Wide;

/// <summary>
/// Keys that a command of several steps keeps from its first step to its last one, as a long script keeps its own
/// (<see cref="KeyClaims"/>, ADR 0014): nobody else sees a half of what it does, and the log has it as one group.
/// </summary>
/// <param name="services">What the process shares.</param>
/// <param name="shards">The shards of the keys.</param>
/// <param name="keys">Hashes of the keys.</param>
/// <param name="isReading">The command changes nothing: others may read, too.</param>
internal sealed class KeyHold(CommandServices services, ulong shards, List<ulong> keys, bool isReading)
{
    private readonly ShardHold _hold = new(services.Store);
    private readonly StagedGroup _stage = new(services.Store);
    private KeyClaim? _claim;

    /// <summary>True between the first step and the last.</summary>
    public bool IsKept => _claim is not null;

    /// <summary>Begins the first step: takes the shards.</summary>
    /// <param name="client">Whose command it is.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>Free, and <see cref="EndStep"/> has to follow; otherwise it waits (the client is parked) or is to be
    /// told that others are busy.</returns>
    public ClaimState BeginFirst(ClientConnection client, long now)
    {
        services.Claims.BeginStep();
        BeginStep(now);
        ClaimState state = services.Claims.AreKept
            ? services.Claims.Look(CollectionsMarshal.AsSpan(keys), isReading, client, now) : ClaimState.Free;
        if (state != ClaimState.Free)
        {
            EndFirst(isOver: true, now);
        }

        return state;
    }

    /// <summary>Ends the first step; if there are others, keeps the keys.</summary>
    public void EndFirst(bool isOver, long now)
    {
        if (!isOver)
        {
            // While nobody else has seen what was done so far.
            _claim = new KeyClaim(now) { HasWritten = !isReading };
            services.Claims.Keep(_claim, keys);
            if (_hold.IsHeard && !isReading)
            {
                _stage.Open();
            }
        }

        EndStep();
        services.Claims.EndStep();
    }

    /// <summary>Begins another step.</summary>
    public void BeginStep(long now) => _hold.Enter(shards, now, _stage);

    /// <summary>Ends it.</summary>
    public void EndStep() => _hold.Dispose();

    /// <summary>All is done: tells it, and others have the keys.</summary>
    public void Release()
    {
        if (_stage.IsOpen)
        {
            _stage.Close();
        }

        if (_claim is { } claim)
        {
            _claim = null;
            services.Claims.Release(claim);
        }
    }
}
