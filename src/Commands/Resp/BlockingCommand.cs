using System.Globalization;
using System.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Waiters;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// A command that waits until one of its keys holds something (BLPOP, BLMOVE, BZPOPMIN …). A command says in
/// <see cref="Answer"/> what it does with the first key that holds its type; looking, waiting in line, deadlines,
/// CLIENT UNBLOCK, MULTI and closed connections are done here.
/// </summary>
/// <remarks>
/// All keys' shards are held from the look to the place in line, so nothing slips in between. The request stays unread
/// meanwhile (<see cref="ClientConnection.Park"/>) and is run again when one of its keys was written to and it has
/// waited longest for it.
/// </remarks>
internal abstract class BlockingCommand(CommandDescriptor descriptor) : RespCommand(descriptor)
{
    /// <summary>What a key must hold.</summary>
    public abstract ItemType Type { get; }

    /// <inheritdoc/>
    public sealed override void Execute(in RespCall call)
    {
        if (!TryArguments(call, out long milliseconds))
        {
            return;
        }

        using MultiShardScope scope = call.Context.EnterMany(ShardsToLock(call));
        if (TryAnswer(call, null))
        {
            return;
        }

        if (call.Context.IsAtomicStep)
        {
            WriteNothing(call);
            return;
        }

        call.Connection.Run(new KeyWaitRequest(this, milliseconds), call);
    }

    /// <summary>The first and the last of its keys that may answer, in the order in which they are asked; all keys
    /// unless a command says otherwise (BLMOVE: only its source).</summary>
    public virtual (int First, int Last) Sources(in RespCall call)
    {
        if (Descriptor.Keys is not [{ IsCounted: true } counted])
        {
            return (Descriptor.FirstKey, LastKeyOf(call.Count));
        }

        RespNumbers.TryInt64(call[counted.First], out long keys);
        return (counted.First + 1, counted.First + (int)keys);
    }

    /// <summary>What is answered when the time is over.</summary>
    public virtual void WriteNothing(in RespCall call) => call.Output.WriteNullArray(call.Version);

    /// <summary>Answers from the first source that holds something; all keys' shards are held.</summary>
    /// <param name="call">The call.</param>
    /// <param name="waiting">Its wait when it is run again; then a key of another type counts as one that is absent, as
    /// in Redis.</param>
    /// <returns>True when it has answered, be it with an error.</returns>
    public bool TryAnswer(in RespCall call, KeyWaitRequest? waiting)
    {
        (int first, int last) = Sources(call);
        for (int i = first; i <= last; i++)
        {
            ItemKey key = call.Key(i);
            Shard shard = call.Shard(key);
            Lookup found = shard.Find(key, Type, call.Now, out _, isAccess: false);
            if (found == Lookup.WrongType && waiting is null)
            {
                call.Error(RespErrors.WrongType);
                return true;
            }

            if (found == Lookup.Found && shard.Waiters.IsFirst(key, Type, waiting))
            {
                Answer(call, i);
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads and checks the arguments, or writes the error: where the timeout stands elsewhere than at the
    /// end, and where there are others. Called once, before the first look.</summary>
    protected virtual bool TryArguments(in RespCall call, out long milliseconds) =>
        TryTimeout(call, call.Count - 1, out milliseconds);

    /// <summary>Takes from the key in an argument, which holds a live item of <see cref="Type"/>, and answers. All
    /// keys' shards are held.</summary>
    protected abstract void Answer(in RespCall call, int place);

    /// <summary>
    /// Reads seconds with a fraction as milliseconds, 0 = for ever, or writes the error (redis 7.0: what is too large
    /// to count counts as negative). Hexadecimal numbers are not read.
    /// </summary>
    protected static bool TryTimeout(in RespCall call, int place, out long milliseconds)
    {
        const NumberStyles style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        milliseconds = 0;
        double seconds = double.PositiveInfinity;
        if (!IsInfinity(call[place])
            && (!double.TryParse(call[place], style, CultureInfo.InvariantCulture, out seconds)
                || double.IsNaN(seconds)))
        {
            call.Error("-ERR timeout is not a float or out of range\r\n"u8);
            return false;
        }

        double most = Math.Ceiling(seconds * 1000);
        if (most is < 0 or >= long.MaxValue)
        {
            call.Error("-ERR timeout is negative\r\n"u8);
            return false;
        }

        milliseconds = (long)most;
        return true;
    }

    private static bool IsInfinity(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> word = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        return Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8);
    }
}
