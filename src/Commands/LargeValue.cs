using System.Runtime.CompilerServices;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Store;

namespace SessionGateway.Commands;

/// <summary>Values that are sent from the store's memory instead of a copy (ADR 0016).</summary>
internal static class LargeValue
{
    /// <summary>True for a value that <see cref="Write"/> is for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(ReadOnlySpan<byte> value) => value.Length >= OutputBuffer.LeastTakenBytes;

    /// <summary>
    /// Writes a value that the shard has shown, and what ends it, as the last step of a command: nothing of the reply
    /// so far can be taken back, and the lock is left while the bytes are sent, so that the look is over.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Write(CommandContext context, Shard shard, ReadOnlySpan<byte> value, ReadOnlySpan<byte> end)
    {
        context.Spend(WorkUnits.ForBytes(value.Length));
        if (context.Output.Taker is null || shard is not IValuePins pins || !pins.TryPin(value, out ValuePin pin))
        {
            context.Output.Write(value);
            context.Output.Write(end);
            return;
        }

        shard.Exit();
        try
        {
            context.Output.WriteTaken(value, end);
        }
        finally
        {
            shard.Enter();
            pins.Unpin(pin);
        }
    }
}
