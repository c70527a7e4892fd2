using SessionGateway.Commands.Memcached.Statistics;
using SessionGateway.Commands.Memcached.Verbs;
using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached;

/// <summary>The verbs of the binary protocol by their opcodes.</summary>
internal static class BinaryTable
{
    /// <summary>All opcodes, one line each.</summary>
    public static BinaryRow[] All { get; } =
    [
        new(BinaryOpcode.Get, GetCommand.Get),
        new(BinaryOpcode.GetQ, GetCommand.Get, IsQuiet: true),
        new(BinaryOpcode.GetK, GetCommand.Get, HasKey: true),
        new(BinaryOpcode.GetKQ, GetCommand.Get, IsQuiet: true, HasKey: true),
        new(BinaryOpcode.GetAndTouch, GetCommand.Gat),
        new(BinaryOpcode.GetAndTouchQ, GetCommand.Gat, IsQuiet: true),
        new(BinaryOpcode.GetAndTouchK, GetCommand.Gat, HasKey: true),
        new(BinaryOpcode.GetAndTouchKQ, GetCommand.Gat, IsQuiet: true, HasKey: true),
        new(BinaryOpcode.Touch, TouchCommand.Instance),
        new(BinaryOpcode.Set, StoreCommand.Set),
        new(BinaryOpcode.SetQ, StoreCommand.Set, IsQuiet: true),
        new(BinaryOpcode.Add, StoreCommand.Add),
        new(BinaryOpcode.AddQ, StoreCommand.Add, IsQuiet: true),
        new(BinaryOpcode.Replace, StoreCommand.Replace),
        new(BinaryOpcode.ReplaceQ, StoreCommand.Replace, IsQuiet: true),
        new(BinaryOpcode.Append, StoreCommand.Append),
        new(BinaryOpcode.AppendQ, StoreCommand.Append, IsQuiet: true),
        new(BinaryOpcode.Prepend, StoreCommand.Prepend),
        new(BinaryOpcode.PrependQ, StoreCommand.Prepend, IsQuiet: true),
        new(BinaryOpcode.Delete, DeleteCommand.Instance),
        new(BinaryOpcode.DeleteQ, DeleteCommand.Instance, IsQuiet: true),
        new(BinaryOpcode.Increment, ArithmeticCommand.Increment),
        new(BinaryOpcode.IncrementQ, ArithmeticCommand.Increment, IsQuiet: true),
        new(BinaryOpcode.Decrement, ArithmeticCommand.Decrement),
        new(BinaryOpcode.DecrementQ, ArithmeticCommand.Decrement, IsQuiet: true),
        new(BinaryOpcode.Flush, FlushCommand.Instance),
        new(BinaryOpcode.FlushQ, FlushCommand.Instance, IsQuiet: true),
        new(BinaryOpcode.Noop, NoopCommand.Instance),
        new(BinaryOpcode.Version, VersionCommand.Instance),
        new(BinaryOpcode.Stat, StatsCommand.Instance),
        new(BinaryOpcode.Quit, QuitCommand.Instance),
        new(BinaryOpcode.QuitQ, QuitCommand.Instance, IsQuiet: true),
        new(BinaryOpcode.SaslListMechs, SaslListCommand.Instance),
        new(BinaryOpcode.SaslAuth, SaslCommand.Instance),
        new(BinaryOpcode.SaslStep, SaslCommand.Instance),
    ];

    // Behind the list that it is made from.
    private static readonly BinaryRow?[] Rows = ByOpcode();

    /// <summary>The row of an opcode; null when nobody knows it.</summary>
    public static BinaryRow? Find(BinaryOpcode opcode) => Rows[(byte)opcode];

    private static BinaryRow?[] ByOpcode()
    {
        var rows = new BinaryRow?[256];
        Array.ForEach(All, row => rows[(byte)row.Opcode] = row);
        return rows;
    }
}
