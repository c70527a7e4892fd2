using System.Buffers.Binary;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>set, add, replace, append, prepend, cas and their binary forms.</summary>
internal sealed class StoreCommand : ITextVerb, IBinaryVerb
{
    private readonly StoreMode _mode;

    private StoreCommand(string name, StoreMode mode)
    {
        _mode = mode;
        Descriptor = new VerbDescriptor(name, CommandTraits.Writes)
        {
            Keys = VerbKeys.One,
            TakesNoReply = true,
            Shape = mode switch
            {
                StoreMode.Append or StoreMode.Prepend => BinaryShape.KeyAndValue,
                StoreMode.Cas => null,
                _ => BinaryShape.Store,
            },
        };
    }

    public static StoreCommand Set { get; } = new("set", StoreMode.Set);

    public static StoreCommand Add { get; } = new("add", StoreMode.Add);

    public static StoreCommand Replace { get; } = new("replace", StoreMode.Replace);

    public static StoreCommand Append { get; } = new("append", StoreMode.Append);

    public static StoreCommand Prepend { get; } = new("prepend", StoreMode.Prepend);

    public static StoreCommand Cas { get; } = new("cas", StoreMode.Cas);

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; }

    public ReadStatus Run(ref TextCall call)
    {
        bool isCas = _mode == StoreMode.Cas;
        ReadStatus status =
            StorageLine.TryRead(ref call.Reader, call.Line, isCas, out StorageRequest request, out call.Size);
        if (status != ReadStatus.Done)
        {
            if (status == ReadStatus.BadRequest && call.Reader.Error == TextError.TooLarge)
            {
                OnTooLarge(request.Key, call.Context);
            }

            return status;
        }

        ItemResult result = ItemWriter.Apply(_mode, compares: isCas, request, call.Context, out _);
        if (!request.IsQuiet)
        {
            call.Context.Output.Write(result switch
            {
                ItemResult.Ok => "STORED\r\n"u8,
                ItemResult.Exists => "EXISTS\r\n"u8,
                ItemResult.NotFound => "NOT_FOUND\r\n"u8,
                ItemResult.OutOfMemory => TextErrors.OutOfMemory,
                _ => "NOT_STORED\r\n"u8,
            });
        }

        return ReadStatus.Done;
    }

    public ReadStatus Refuse(ref TextCall call, TextError error) =>
        StorageLine.RefuseAny(ref call.Reader, call.Line, hasUnique: _mode == StoreMode.Cas, error);

    // extras of set, add, replace: flags 4, expiration 4
    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        bool concatenates = _mode is StoreMode.Append or StoreMode.Prepend;
        bool compares = request.Cas != 0;
        var write = new StorageRequest
        {
            Key = request.Key,
            Data = request.Value,
            Flags = concatenates ? 0 : BinaryPrimitives.ReadUInt32BigEndian(request.Extras),
            Exptime = concatenates ? 0 : BinaryPrimitives.ReadUInt32BigEndian(request.Extras[4..]),
            Unique = request.Cas,
        };

        // A cas unique turns set, add and replace alike into a compare-and-swap (proto_bin.c, process_bin_update).
        StoreMode mode = compares && !concatenates ? StoreMode.Set : _mode;
        ItemResult result = ItemWriter.Apply(mode, compares, write, context, out ulong cas);
        if (result != ItemResult.Ok)
        {
            BinaryResponseWriter.WriteError(context.Output, request, StatusOf(result, mode));
        }
        else if (!row.IsQuiet)
        {
            BinaryResponseWriter.WriteDone(context.Output, request, cas);
        }
    }

    /// <summary>A set is refused as too large: the old value ends where <see cref="RefusedSets"/> says so.</summary>
    public void OnTooLarge(ReadOnlySpan<byte> key, CommandContext context)
    {
        if (_mode == StoreMode.Set && RefusedSets.EndsOldItem(context.Store.Policy, key))
        {
            ItemKey itemKey = context.Store.Key(0, key);
            using ShardScope scope = context.Enter(itemKey);
            scope.Shard.Remove(itemKey, RemoveReason.Deleted, context.Now);
        }
    }

    private static BinaryStatus StatusOf(ItemResult result, StoreMode mode) => result switch
    {
        ItemResult.Exists => BinaryStatus.KeyExists,
        ItemResult.NotFound => BinaryStatus.KeyNotFound,
        ItemResult.OutOfMemory => BinaryStatus.OutOfMemory,
        _ => mode switch
        {
            StoreMode.Add => BinaryStatus.KeyExists,
            StoreMode.Replace => BinaryStatus.KeyNotFound,
            _ => BinaryStatus.NotStored,
        },
    };
}
