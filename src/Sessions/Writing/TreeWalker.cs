using System.Buffers;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Writing;

/// <summary>
/// Walks a tree in order without recursion, whatever its depth, and drives an emitter. Counts depth and values, stops
/// at cycles, and repeats the walk without the variables that the format cannot hold where the caller allows that.
/// </summary>
internal static class TreeWalker
{
    public static bool Encode<T>(
        ISessionFormat reader, SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        object? format,
        out SessionError error)
        where T : struct, IEmitter<T>
    {
        // What was read is about as long as what is written: most sessions fit at once.
        int expected = (int)Math.Min(tree.ByteCount * 5L / 4, int.MaxValue);
        using var buffer = new OutBuffer(options.Limits.MaxExpandedBytes, expected);
        HashSet<int>? omitted = options.Omitted is null ? null : new HashSet<int>();
        bool succeeded =
            Walk<T>(new EmitContext(tree, buffer, options, null), format, omitted, out EncodeExtent extent, out error);
        if (succeeded && omitted is { Count: > 0 })
        {
            foreach (int variable in omitted)
            {
                options.Omitted!.Add(new SessionKey(tree, variable).ToString());
            }

            buffer.Reset();
            succeeded = Walk<T>(new EmitContext(tree, buffer, options, omitted), format, null, out extent, out error);
        }

        if (succeeded && buffer.Length > options.Limits.MaxExpandedBytes)
        {
            error = new SessionError(SessionErrorCode.Expansion, buffer.Length,
                options.Limits.Describe(SessionErrorCode.Expansion));
            succeeded = false;
        }

        if (succeeded)
        {
            error = EncodeGuard.Check(reader, buffer.Written, options, extent);
            succeeded = error.IsNone;
        }

        if (succeeded)
        {
            output.Write(buffer.Written);
        }

        return succeeded;
    }

    private static bool Walk<T>(
        EmitContext context, object? format, HashSet<int>? collect, out EncodeExtent extent, out SessionError error)
        where T : struct, IEmitter<T>
    {
        T emitter = T.Create(context, format);
        SessionTree tree = context.Tree;
        SessionLimits limits = context.Options.Limits;
        Span<Frame> frames = stackalloc Frame[64];
        int depth = 0;
        int variable = 0;
        extent = default;
        SessionErrorCode code = SessionErrorCode.None;
        int holder = emitter.Begin();
        if (holder > 0)
        {
            frames[0] = new Frame(holder, tree.Nodes[holder].First);
            depth = extent.Depth = 1;
        }
        else if (holder == EmitStatus.Failed)
        {
            code = emitter.Error;
        }

        while (depth > 0 && code == SessionErrorCode.None)
        {
            ref Frame frame = ref frames[depth - 1];
            int position = frame.Next;
            if (position == 0)
            {
                depth--;
                if (depth > 0 && !emitter.Leave(frame.Holder, depth))
                {
                    code = emitter.Error;
                }

                continue;
            }

            frame.Next = tree.Nodes[position].Next;
            if (depth == 1)
            {
                variable = position;
                if (context.Omitted is not null && context.Omitted.Contains(position))
                {
                    continue;
                }

                ref readonly Node named = ref tree.Nodes[position];
                extent.NameBytes = Math.Max(extent.NameBytes, named.KeyKind == KeyKind.Bytes ? named.KeyLength : 0);
            }

            if (++extent.Values > limits.MaxNodes)
            {
                code = SessionErrorCode.TooManyNodes;
                break;
            }

            int next = emitter.Entry(position, frame.Holder, depth);
            if (next > 0)
            {
                code = depth >= limits.MaxDepth ? SessionErrorCode.TooDeep : IsOpen(tree, frames[..depth], next);
            }
            else if (next < 0)
            {
                code = emitter.Error;
            }

            if (code is SessionErrorCode.NotRepresentable or SessionErrorCode.Cyclic && collect is not null)
            {
                collect.Add(variable);
                code = SessionErrorCode.None;
                depth = 1;
            }
            else if (next > 0 && code == SessionErrorCode.None)
            {
                if (depth == frames.Length)
                {
                    var deeper = new Frame[frames.Length * 2];
                    frames.CopyTo(deeper);
                    frames = deeper;
                }

                frames[depth++] = new Frame(next, tree.Nodes[next].First);
                extent.Depth = Math.Max(extent.Depth, depth);
            }
        }

        if (code == SessionErrorCode.None && !emitter.End())
        {
            code = emitter.Error;
        }

        error = code == SessionErrorCode.None
            ? default : new SessionError(code, context.Output.Length, limits.Describe(code) ?? emitter.Detail);
        return code == SessionErrorCode.None;
    }

    /// <summary>A box or object inside itself is a cycle that the emitter could not write as a back
    /// reference.</summary>
    private static SessionErrorCode IsOpen(SessionTree tree, ReadOnlySpan<Frame> frames, int holder)
    {
        if ((tree.Nodes[holder].Flags & NodeFlags.Unnumbered) == 0)
        {
            return SessionErrorCode.None;
        }

        foreach (ref readonly Frame frame in frames)
        {
            if (frame.Holder == holder)
            {
                return SessionErrorCode.Cyclic;
            }
        }

        return SessionErrorCode.None;
    }

    private struct Frame(int holder, int next)
    {
        public readonly int Holder = holder;
        public int Next = next;
    }
}
