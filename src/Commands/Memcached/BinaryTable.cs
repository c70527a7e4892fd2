using SessionGateway.Commands.Memcached.Statistics;
using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached;

/// <summary>Opcode to shape and meaning.</summary>
internal static class BinaryTable
{
    public static BinaryShape ShapeOf(BinaryOpcode opcode) => opcode switch
    {
        BinaryOpcode.Get or BinaryOpcode.GetQ or BinaryOpcode.GetK or BinaryOpcode.GetKQ
            or BinaryOpcode.Delete or BinaryOpcode.DeleteQ => BinaryShape.Key,
        BinaryOpcode.Set or BinaryOpcode.SetQ or BinaryOpcode.Add or BinaryOpcode.AddQ
            or BinaryOpcode.Replace or BinaryOpcode.ReplaceQ => BinaryShape.Store,
        BinaryOpcode.Append or BinaryOpcode.AppendQ or BinaryOpcode.Prepend or BinaryOpcode.PrependQ => BinaryShape.Concatenate,
        BinaryOpcode.Increment or BinaryOpcode.IncrementQ
            or BinaryOpcode.Decrement or BinaryOpcode.DecrementQ => BinaryShape.Arithmetic,
        BinaryOpcode.Touch or BinaryOpcode.GetAndTouch or BinaryOpcode.GetAndTouchQ
            or BinaryOpcode.GetAndTouchK or BinaryOpcode.GetAndTouchKQ => BinaryShape.Touch,
        BinaryOpcode.Noop or BinaryOpcode.Version or BinaryOpcode.Quit or BinaryOpcode.QuitQ
            or BinaryOpcode.SaslListMechs => BinaryShape.Empty,
        BinaryOpcode.Flush or BinaryOpcode.FlushQ => BinaryShape.Flush,
        BinaryOpcode.Stat => BinaryShape.Stat,
        BinaryOpcode.SaslAuth or BinaryOpcode.SaslStep => BinaryShape.Sasl,
        _ => BinaryShape.Unknown,
    };

    public static bool Fits(BinaryShape shape, in BinaryRequest request) => shape switch
    {
        BinaryShape.Empty => request is { ExtrasLength: 0, KeyLength: 0, BodyLength: 0 },
        BinaryShape.Key => request is { ExtrasLength: 0, KeyLength: > 0, ValueLength: 0 },
        BinaryShape.Store => request is { ExtrasLength: 8, KeyLength: > 0 },
        BinaryShape.Concatenate => request is { ExtrasLength: 0, KeyLength: > 0 },
        BinaryShape.Arithmetic => request is { ExtrasLength: 20, KeyLength: > 0, ValueLength: 0 },
        BinaryShape.Touch => request is { ExtrasLength: 4, KeyLength: > 0 },
        BinaryShape.Flush => request is { ExtrasLength: 0 or 4, KeyLength: 0, ValueLength: 0 },
        BinaryShape.Stat => request.ExtrasLength == 0,
        BinaryShape.Sasl => request is { ExtrasLength: 0, KeyLength: > 0 },
        _ => false,
    };

    public static void Execute(in BinaryRequest request, CommandContext context)
    {
        switch (request.Opcode)
        {
            case BinaryOpcode.Get:
                GetCommand.Binary(request, quiet: false, withKey: false, withValue: true, touches: false, context);
                break;
            case BinaryOpcode.GetQ:
                GetCommand.Binary(request, quiet: true, withKey: false, withValue: true, touches: false, context);
                break;
            case BinaryOpcode.GetK:
                GetCommand.Binary(request, quiet: false, withKey: true, withValue: true, touches: false, context);
                break;
            case BinaryOpcode.GetKQ:
                GetCommand.Binary(request, quiet: true, withKey: true, withValue: true, touches: false, context);
                break;
            case BinaryOpcode.Touch:
                GetCommand.Binary(request, quiet: false, withKey: false, withValue: false, touches: true, context);
                break;
            case BinaryOpcode.GetAndTouch:
                GetCommand.Binary(request, quiet: false, withKey: false, withValue: true, touches: true, context);
                break;
            case BinaryOpcode.GetAndTouchQ:
                GetCommand.Binary(request, quiet: true, withKey: false, withValue: true, touches: true, context);
                break;
            case BinaryOpcode.GetAndTouchK:
                GetCommand.Binary(request, quiet: false, withKey: true, withValue: true, touches: true, context);
                break;
            case BinaryOpcode.GetAndTouchKQ:
                GetCommand.Binary(request, quiet: true, withKey: true, withValue: true, touches: true, context);
                break;
            case BinaryOpcode.Set or BinaryOpcode.SetQ:
                StoreCommand.Binary(request, StoreMode.Set, request.Opcode == BinaryOpcode.SetQ, context);
                break;
            case BinaryOpcode.Add or BinaryOpcode.AddQ:
                StoreCommand.Binary(request, StoreMode.Add, request.Opcode == BinaryOpcode.AddQ, context);
                break;
            case BinaryOpcode.Replace or BinaryOpcode.ReplaceQ:
                StoreCommand.Binary(request, StoreMode.Replace, request.Opcode == BinaryOpcode.ReplaceQ, context);
                break;
            case BinaryOpcode.Append or BinaryOpcode.AppendQ:
                StoreCommand.Binary(request, StoreMode.Append, request.Opcode == BinaryOpcode.AppendQ, context);
                break;
            case BinaryOpcode.Prepend or BinaryOpcode.PrependQ:
                StoreCommand.Binary(request, StoreMode.Prepend, request.Opcode == BinaryOpcode.PrependQ, context);
                break;
            case BinaryOpcode.Delete or BinaryOpcode.DeleteQ:
                DeleteCommand.Binary(request, request.Opcode == BinaryOpcode.DeleteQ, context);
                break;
            case BinaryOpcode.Increment or BinaryOpcode.IncrementQ:
                ArithmeticCommand.Binary(request, increments: true, request.Opcode == BinaryOpcode.IncrementQ, context);
                break;
            case BinaryOpcode.Decrement or BinaryOpcode.DecrementQ:
                ArithmeticCommand.Binary(request, increments: false, request.Opcode == BinaryOpcode.DecrementQ, context);
                break;
            case BinaryOpcode.Flush or BinaryOpcode.FlushQ:
                FlushCommand.Binary(request, request.Opcode == BinaryOpcode.FlushQ, context);
                break;
            case BinaryOpcode.Noop:
                BinaryResponseWriter.WriteHeader(context.Output, request, BinaryStatus.Success, 0, 0, 0, 0);
                break;
            case BinaryOpcode.Version:
                BinaryResponseWriter.WriteValue(context.Output, request, MemcachedVersion.Bytes);
                break;
            case BinaryOpcode.Stat:
                StatsCommand.Binary(request, context);
                break;
            case BinaryOpcode.Quit:
                BinaryResponseWriter.WriteHeader(context.Output, request, BinaryStatus.Success, 0, 0, 0, 0);
                context.Client.CloseAfterReply = true;
                break;
            case BinaryOpcode.QuitQ:
                context.Client.CloseAfterReply = true;
                break;
            case BinaryOpcode.SaslListMechs:
                SaslCommand.ListMechanisms(request, context);
                break;
            case BinaryOpcode.SaslAuth or BinaryOpcode.SaslStep:
                SaslCommand.Authenticate(request, context);
                break;
        }
    }
}
