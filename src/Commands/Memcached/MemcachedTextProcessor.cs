using SessionGateway.Commands.Memcached.Statistics;
using SessionGateway.Protocols.Memcached;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>The memcached text protocol of one connection.</summary>
public sealed class MemcachedTextProcessor : ProtocolProcessor
{
    private long _swallow;
    private int _searched;
    private TextVerb _verb;
    private TextRest? _paused;

    /// <inheritdoc/>
    public override bool IsPaused => _paused is not null;

    /// <inheritdoc/>
    public override int Process(ReadOnlySpan<byte> input, CommandContext context)
    {
        int consumed = 0;
        while (consumed < input.Length)
        {
            ReadOnlySpan<byte> rest = input[consumed..];
            if (_swallow > 0)
            {
                int skipped = (int)Math.Min(_swallow, rest.Length);
                _swallow -= skipped;
                consumed += skipped;
                continue;
            }

            int size = context.Client.IsAuthenticated ? One(rest, context) : AsciiAuth.Process(rest, context, out _swallow);
            consumed += size;
            if (size == 0 || _paused is not null || context.TurnIsOver())
            {
                break;
            }
        }

        return consumed;
    }

    /// <inheritdoc/>
    public override string LastCommand(ClientConnection client) => _verb.ToString().ToLowerInvariant();

    private int One(ReadOnlySpan<byte> input, CommandContext context)
    {
        if (_paused is not null)
        {
            return GoOn(input, context);
        }

        ReadStatus status = TextRequestReader.Read(
            input, context.Services.Limits.MaxValueBytes, out TextRequest request, out int needBytes, _searched);
        _searched = status == ReadStatus.NeedMoreData && request.Size == 0 ? input.Length : 0;
        _verb = request.Verb;
        switch (status)
        {
            case ReadStatus.Done:
                context.Stats.Memcached.Commands++;
                _paused = Execute(request, input, context);
                return _paused is null ? request.Size : 0;
            case ReadStatus.BadRequest:
                Refuse(request, context);
                return request.Size;
            case ReadStatus.NeedMoreData:
                context.NeedBytes = needBytes;
                return 0;
            default:
                Refuse(request, context);
                context.Client.CloseAfterReply = true;
                return 0;
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

    private void Refuse(in TextRequest request, CommandContext context)
    {
        _swallow = request.Swallow;
        if (request.IsTooLarge && request.Verb == TextVerb.Set)
        {
            StoreCommand.RemoveStale(context, request.Key);
        }

        if (!request.NoReply)
        {
            context.Output.Write(request.Error);
        }
    }

    private static TextRest? Execute(in TextRequest request, ReadOnlySpan<byte> input, CommandContext context)
    {
        switch (request.Verb)
        {
            case TextVerb.Get or TextVerb.Gets or TextVerb.Gat or TextVerb.Gats:
                return GetCommand.Text(request, input, context);
            case TextVerb.Set or TextVerb.Add or TextVerb.Replace or TextVerb.Append or TextVerb.Prepend or TextVerb.Cas:
                StoreCommand.Text(request, context);
                break;
            case TextVerb.Touch:
                GetCommand.TextTouch(request, context);
                break;
            case TextVerb.Delete:
                DeleteCommand.Text(request, context);
                break;
            case TextVerb.Incr or TextVerb.Decr:
                ArithmeticCommand.Text(request, context);
                break;
            case TextVerb.FlushAll:
                FlushCommand.Text(request, context);
                break;
            case TextVerb.Version:
                context.Output.Write("VERSION "u8);
                context.Output.Write(MemcachedVersion.Bytes);
                context.Output.Write("\r\n"u8);
                break;
            case TextVerb.Stats:
                return StatsCommand.Text(request, context);
            case TextVerb.LruCrawler:
                return MetaDump.Begin(request.Size, new TextTokens(request.Keys), context);
            case TextVerb.Shutdown:
                context.Output.Write(TextErrors.ShutdownDisabled);
                break;
            case TextVerb.Quit:
                context.Client.CloseAfterReply = true;
                break;
            case TextVerb.Verbosity when !request.NoReply:
                context.Output.Write("OK\r\n"u8);
                break;
        }

        return null;
    }
}
