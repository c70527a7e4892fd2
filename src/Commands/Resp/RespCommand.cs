using System.Runtime.CompilerServices;
using System.Text;
using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp;

/// <summary>A command: its description and what it does. One instance serves all connections.</summary>
internal abstract class RespCommand(CommandDescriptor descriptor, params RespCommand[] subcommands)
{
    /// <summary>What it is.</summary>
    public CommandDescriptor Descriptor { get; } = descriptor;

    /// <summary>Full name in lower case.</summary>
    public string Name { get; } = descriptor.Name;

    /// <summary>Name without its container, as bytes.</summary>
    public byte[] ShortName { get; } = Encoding.ASCII.GetBytes(descriptor.ShortName);

    /// <summary>True for a command that takes a microsecond or two whatever the keys hold, unless a value is
    /// large.</summary>
    public bool IsShort { get; } = descriptor.Flags.HasFlag(CommandFlags.Fast) || descriptor.Complexity == "O(1)";

    /// <summary>Number among all commands and subcommands; the table gives it.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Arity, copied here because every request asks for it.</summary>
    public int Arity { get; } = descriptor.Arity;

    /// <summary>Flags, copied here because every request asks for them.</summary>
    public CommandFlags Flags { get; } = descriptor.Flags;

    /// <summary>What the checks of all protocols must know.</summary>
    public CommandTraits Traits { get; } = TraitsOf(descriptor);

    /// <summary>Subcommands of a container.</summary>
    public RespCommand[] Subcommands { get; } = subcommands;

    /// <summary>
    /// True for a command that stops between its arguments when the turn is over. Others are executed as one step and
    /// so take no more than <see cref="CommandLimits.AtomicArguments"/>.
    /// </summary>
    public virtual bool StopsBetweenArguments => false;

    /// <summary>
    /// Runs and writes one reply. Called on the connection's loop after the checks of the descriptor; must not wait
    /// and must not throw whatever the arguments are.
    /// </summary>
    public abstract void Execute(in RespCall call);

    /// <summary>As <see cref="Execute"/>, a call with many arguments in several turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(in RespCall call)
    {
        // What a primary's link cuts off is sent again: it must not have been done to its half.
        if (call.Count <= WideRun.MostAtOnce || call.Context.IsAtomicStep || call.Context.NowIsBehind != 0)
        {
            Execute(call);
        }
        else
        {
            RunWide(call);
        }
    }

    /// <summary>How a call with many arguments is cut. One whose arguments are wrong is not: it is done, and refused,
    /// as a whole.</summary>
    protected virtual WideForm Cut(in RespCall call) => default;

    /// <summary>
    /// The shards whose locks are taken before running, as a bit set: all that it may touch. EXEC takes those of all
    /// its commands before the first one.
    /// </summary>
    public virtual ulong ShardsToLock(in RespCall call)
    {
        if (Descriptor.Keys.Length == 0)
        {
            bool knowsNoItems = Descriptor.Group is "connection" or "pubsub" or "transactions";
            return knowsNoItems ? 0 : ulong.MaxValue;
        }

        if (HasPlainKeys)
        {
            return call.ShardsOf(Descriptor.FirstKey, LastKeyOf(call.Count), Descriptor.KeyStep);
        }

        List<int> places = [];
        TryGetKeys(call, places);
        ulong shards = 0;
        foreach (int place in places)
        {
            shards |= call.ShardsOf(place, place, 1);
        }

        return shards;
    }

    /// <summary>The keys are a range of arguments, known without reading them.</summary>
    public bool HasPlainKeys { get; } = descriptor.HasPlainKeys;

    /// <summary>What a call does to its keys.</summary>
    public virtual KeyAccess AccessOf(in RespCall call) => Descriptor.Keys[0].Access;

    /// <summary>What a call does to the key in an argument.</summary>
    public KeyAccess AccessOf(in RespCall call, int place)
    {
        foreach (KeySpec spec in Descriptor.Keys.Length > 1 ? Descriptor.Keys : [])
        {
            int last = spec.Last < 0 ? call.Count + spec.Last : spec.First + spec.Last;
            if (spec.IsCounted ? place > spec.First : place >= spec.First && place <= last)
            {
                return spec.Access;
            }
        }

        return AccessOf(call);
    }

    /// <summary>Adds the argument numbers of the keys; false when the arguments have none or are not valid.</summary>
    public bool TryGetKeys(in RespCall call, List<int> places)
    {
        foreach (KeySpec spec in Descriptor.HasKeys ? Descriptor.Keys : [])
        {
            int first = spec.First;
            int last = spec.Last < 0 ? call.Count + spec.Last : first + spec.Last;
            if (spec.IsCounted)
            {
                if (!RespNumbers.TryInt64(call[first], out long number) || number < 0
                    || number > (call.Count - first - 1) / spec.Step)
                {
                    return false;
                }

                last = first + ((int)number * spec.Step);
                first++;
            }

            for (int i = first; i <= last; i += spec.Step)
            {
                places.Add(i);
            }
        }

        return places.Count > 0;
    }

    /// <summary>Number of the last key argument of a command with a plain range of keys.</summary>
    public int LastKeyOf(int count) => Descriptor.LastKey < 0 ? count + Descriptor.LastKey : Descriptor.LastKey;

    private void RunWide(in RespCall call)
    {
        WideForm form = Cut(call);
        if (form.IsNone)
        {
            Execute(call);
        }
        else
        {
            WideRun.Execute(call, this, form);
        }
    }

    private static CommandTraits TraitsOf(CommandDescriptor descriptor) => TraitsOf(descriptor.Flags)
        | (descriptor.Name is "psync" or "sync" or "ping" ? CommandTraits.WhileFenced : 0);

    private static CommandTraits TraitsOf(CommandFlags flags) =>
        (flags.HasFlag(CommandFlags.Write) ? CommandTraits.Writes : 0)
        | (flags.HasFlag(CommandFlags.ReadOnly) ? CommandTraits.Reads : 0)
        | (flags.HasFlag(CommandFlags.NoAuth) ? CommandTraits.BeforeLogin : 0)
        | (flags.HasFlag(CommandFlags.Loading) ? CommandTraits.WhileLoading : 0)
        | (flags.HasFlag(CommandFlags.Stale) ? CommandTraits.WhileFenced : 0);
}
