using System.Buffers;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.AspNetCore;

/// <summary>
/// <c>aspnetcore</c>, the blob of DistributedSession, big-endian:
/// <c>02 | u24 count | 16 bytes id | count * ( u16 keyLen, key UTF-8, u32 valueLen, value )</c>. Values are bytes; on
/// writing, others become bytes as <see cref="AspNetCoreValues"/> says. Null variables are left out: there are none.
/// </summary>
/// <param name="newId">Gives the 16 bytes of a new session's id.</param>
internal sealed class AspNetCoreFormat(Func<byte[]> newId) : ISessionFormat
{
    private const byte Revision = 2;
    private const int HeaderLength = 4 + AspNetCoreSession.IdLength;

    public string Name => "aspnetcore";

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<AspNetCoreFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error)
    {
        if (tree.Root.Kind != SessionKind.Map)
        {
            error = new SessionError(SessionErrorCode.NotASession, 0);
            return false;
        }

        using var buffer = new OutBuffer(options.Limits.MaxExpandedBytes);
        error = Write(tree, buffer, options, newId, out EncodeExtent extent).Naming(options.Limits);
        if (error.IsNone)
        {
            error = EncodeGuard.Check(this, buffer.Written, options, extent);
        }

        if (error.IsNone)
        {
            output.Write(buffer.Written);
        }

        return error.IsNone;
    }

    private static SessionError Read(AspNetCoreFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
    {
        var reader = new ByteReader(bytes, 0);
        if (reader.Byte() != Revision && !reader.Failed)
        {
            return new SessionError(SessionErrorCode.Unsupported, 0, "a revision of DistributedSession");
        }

        int count = (reader.Byte() << 16) | reader.UInt16();
        ReadOnlySpan<byte> id = reader.Take(AspNetCoreSession.IdLength, out _);

        // Two lengths: six bytes is the shortest entry.
        if (!reader.Failed && count > reader.Remaining / 6)
        {
            return new SessionError(SessionErrorCode.BadLength, 1);
        }

        for (int i = 0; i < count && !reader.Failed; i++)
        {
            int at = reader.At;
            ReadOnlySpan<byte> key = reader.Take(reader.UInt16(), out int keyOffset);
            ReadOnlySpan<byte> value = reader.Take(reader.UInt32(), out int valueOffset);
            int node = tree.AddNode();
            if (node == 0 || key.Length > limits.MaxNameBytes)
            {
                return new SessionError(node == 0 ? SessionErrorCode.TooManyNodes : SessionErrorCode.NameTooLong, at);
            }

            ref Node entry = ref tree.Nodes[node];
            entry.Kind = NodeKind.Bytes;
            entry.Value = Node.Pack(valueOffset, value.Length);
            entry.Key = Node.Pack(keyOffset, key.Length);
            entry.KeyKind = KeyKind.Bytes;
            entry.KeyHash = KeyHash.Of(key);
            MapOps.Append(tree, SessionTree.RootNode, node);
        }

        if (!reader.Failed && reader.Remaining > 0)
        {
            return new SessionError(SessionErrorCode.TrailingBytes, reader.At);
        }

        if (count > 1)
        {
            Duplicates.Collapse(tree, SessionTree.RootNode);
        }

        tree.Metadata = new AspNetCoreSession(id.ToArray());
        return reader.Failure;
    }

    private static SessionError Write(
        SessionTree tree, OutBuffer buffer, SessionEncodeOptions options, Func<byte[]> newId, out EncodeExtent extent)
    {
        extent = new EncodeExtent { Depth = 1 };
        buffer.Ensure(HeaderLength);
        buffer.UInt32(0);
        buffer.Write(tree.Metadata is AspNetCoreSession { Id.Length: AspNetCoreSession.IdLength } known
            ? known.Id.Span : newId());
        int count = 0;
        foreach ((SessionKey key, SessionValue value) in tree.Variables)
        {
            ReadOnlySpan<byte> name = key.IsInteger ? System.Text.Encoding.ASCII.GetBytes(key.ToString()) : key.Bytes;
            bool isText = value.Kind == SessionKind.Bytes;
            ReadOnlySpan<byte> bytes = isText ? value.AsBytes() : AspNetCoreValues.ToBytes(value);
            if (value.IsNull)
            {
                continue;
            }

            if (name.Length > ushort.MaxValue || (!isText && bytes.IsEmpty))
            {
                if (options.Omitted is null)
                {
                    return new SessionError(SessionErrorCode.NotRepresentable, buffer.Length,
                        "a long name or an object");
                }

                options.Omitted.Add(key.ToString());
                continue;
            }

            if (!buffer.Ensure(name.Length + bytes.Length + 6))
            {
                return new SessionError(SessionErrorCode.Expansion, buffer.Length);
            }

            buffer.UInt16(name.Length);
            buffer.Write(name);
            buffer.UInt32((uint)bytes.Length);
            buffer.Write(bytes);
            extent.Values = ++count;
            extent.NameBytes = Math.Max(extent.NameBytes, name.Length);
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(buffer.At(0, 4),
            ((uint)Revision << 24) | (uint)count);
        return count > 0xffffff ? new SessionError(SessionErrorCode.NotRepresentable, 0, "more than 2^24 entries")
            : default;
    }
}
