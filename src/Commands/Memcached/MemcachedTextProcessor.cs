using System.Runtime.CompilerServices;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached;

/// <summary>The memcached text protocol of one connection.</summary>
public sealed class MemcachedTextProcessor : ProtocolProcessor
{
    private TextRequestReader _reader;
    private ITextVerb? _verb;
    private TextRest? _paused;

    /// <inheritdoc/>
    public override bool IsPaused => _paused is not null;

    /// <inheritdoc/>
    public override string LastCommand(ClientConnection client) => _verb?.Descriptor.Name ?? "unknown";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Greeting(CommandContext context, out int once)
    {
        once = 0;
        return MemcachedElsewhere.TextLogin(context);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override int Next(ReadOnlySpan<byte> input, CommandContext context)
    {
        if (_paused is not null)
        {
            return GoOn(input, context);
        }

        // No verb is allowed before the login; what logs in is not a verb but a dialogue of its own.
        if (Gate.Check(context.Services, context.Client, CommandTraits.None) == Refusal.LoginNeeded)
        {
            int read = AsciiAuth.Process(input, context, out long swallow);
            Swallow = swallow;
            return read;
        }

        _reader.MaxValueBytes = context.Services.Limits.MaxValueBytes;
        var call = new TextCall { Context = context, Reader = ref _reader };
        ReadStatus status = _reader.TryRead(input, out call.Line, out call.Size);
        if (status == ReadStatus.Done)
        {
            ITextVerb? verb = TextTable.Find(call.Line.Verb);
            NoteVerb(verb);
            if (context.Services.PrimaryElsewhere is not null && verb is not null
                && MemcachedElsewhere.Takes(context, verb.Descriptor.Traits))
            {
                return 0;
            }

            if (verb is not null && context.Services.IsFenced
                && Gate.Check(context.Services, context.Client, verb.Descriptor.Traits) == Refusal.Fenced)
            {
                // As while the log is read: PHP makes a new session of every error to a get.
                return Finish(_reader.End(TextError.None), call);
            }

            if (verb is not null && Gate.OfWrite(context.Services, context.Client, verb.Descriptor.Traits)
                is not Refusal.None and var ofWrite)
            {
                return Finish(verb.Refuse(ref call, ErrorOf(ofWrite)), call);
            }

            if (context.Services.Claims.AreAny && verb is { Descriptor.Keys: not VerbKeys.None })
            {
                return RunUnlessKept(ref call, verb);
            }

            if (verb is null)
            {
                status = UnknownLine.Read(ref _reader, call.Line);
            }
            else if (Gate.Check(context.Services, context.Client, verb.Descriptor.Traits) == Refusal.Loading)
            {
                status = context.Services.Loading is { TellsMemcached: true }
                    ? verb.Refuse(ref call, TextError.Loading) : _reader.End(TextError.None);
            }
            else if (!TryRun(ref call, verb, out status))
            {
                return RunUnlessKept(ref call, verb);
            }
        }

        return Finish(status, call);
    }

    // False when a script began between the look at the scripts and the request's own lock: nothing is done.
    private static bool TryRun(ref TextCall call, ITextVerb verb, out ReadStatus status)
    {
        CommandContext context = call.Context;
        int start = context.Output.Length;
        long sets = context.Stats.Memcached.CmdSet;
        context.MustLookAgain = true;
        try
        {
            status = verb.Run(ref call);
            return true;
        }
        catch (KeptKeysException)
        {
            context.Output.Truncate(start);
            context.Stats.Memcached.CmdSet = sets;
            status = default;
            return false;
        }
        finally
        {
            context.MustLookAgain = false;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TextError ErrorOf(Refusal refusal) => refusal switch
    {
        Refusal.ReadOnly => TextError.ReadOnly,
        Refusal.NoBackup => TextError.NoBackup,
        _ => TextError.DiskFailed,
    };

    private int RunUnlessKept(ref TextCall call, ITextVerb verb)
    {
        Span<ulong> keys = KeptItems.KeysOf(
            call.Line, verb.Descriptor, call.Context, stackalloc ulong[KeptItems.MostKeys]);
        using MultiShardScope scope = KeptItems.Hold(keys, call.Context);
        return KeptItems.MustWait(keys, verb.Descriptor.Traits, call.Context)
            ? call.Size : Finish(verb.Run(ref call), call);
    }

    private int Finish(ReadStatus status, in TextCall call)
    {
        switch (status)
        {
            case ReadStatus.Done:
                call.Context.Stats.Memcached.Commands++;
                if (call.Rest is null)
                {
                    return call.Size;
                }

                _paused = call.Rest;
                return 0;
            case ReadStatus.BadRequest:
                Swallow = _reader.Swallow;
                Refuse(call.Context);
                return call.Size;
            case ReadStatus.NeedMoreData:
                call.Context.NeedBytes = _reader.NeedBytes;
                return 0;
            default:
                Refuse(call.Context);
                call.Context.Client.CloseAfterReply = true;
                return 0;
        }
    }

    // Nearly always the same one again, and a look costs less than telling the collector of a write.
    private void NoteVerb(ITextVerb? verb)
    {
        if (!ReferenceEquals(_verb, verb))
        {
            _verb = verb;
        }
    }

    private void Refuse(CommandContext context)
    {
        if (!_reader.IsQuiet)
        {
            context.Output.Write(TextErrors.Of(_reader.Error));
        }
    }

    private int GoOn(ReadOnlySpan<byte> input, CommandContext context)
    {
        TextRest rest = _paused!;
        if (!rest.GoOn(input, context))
        {
            return 0;
        }

        _paused = null;
        return rest.Size;
    }
}
