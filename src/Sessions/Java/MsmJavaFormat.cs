using System.Buffers;
using System.Buffers.Binary;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Java;

/// <summary>
/// <c>msm-java</c>: MSM's header (see <see cref="MsmSession"/>, kept as the tree's metadata) and the attributes by
/// MSM's default transcoder: one Java object stream with an Integer count, then name and value of each attribute.
/// </summary>
/// <param name="clock">For the times of a new header, where the tree has none.</param>
internal sealed class MsmJavaFormat(TimeProvider clock) : ISessionFormat
{
    public string Name => "msm-java";

    public bool TryDecode(ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, out SessionError error) =>
        DecodeGuard.Run<MsmJavaFormat>(this, bytes, tree, limits, Read, out error);

    public bool TryEncode(SessionTree tree, IBufferWriter<byte> output, SessionEncodeOptions options,
        out SessionError error) =>
            TreeWalker.Encode<JavaEmitter>(this, tree, output, options, tree.Metadata as MsmSession ?? NewHeader(),
                out error);

    private MsmSession NewHeader()
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new MsmSession { CreationTime = now, LastAccessedTime = now, ThisAccessedTime = now,
            LastBackupTime = now };
    }

    private static SessionError Read(MsmJavaFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits)
    {
        if (!MsmHeader.TryRead(bytes, out MsmSession? header, out int attributes, out SessionError error))
        {
            return error;
        }

        // MSM's other transcoders (kryo, xstream, javolution, flexjson) write no magic number.
        if (bytes.Length - attributes < 2
            || BinaryPrimitives.ReadUInt16BigEndian(bytes[attributes..]) != JavaToken.Magic)
        {
            return bytes.Length - attributes < 2
                ? new SessionError(SessionErrorCode.Truncated, bytes.Length)
                : new SessionError(SessionErrorCode.Unsupported, attributes,
                    "attributes not written by MSM's java transcoder");
        }

        var reader = new JavaStreamReader(tree, bytes, attributes, limits);
        if (!ReadVariables(ref reader, tree, limits))
        {
            return reader.Failure;
        }

        tree.Metadata = header with { Classes = reader.Classes };
        return reader.At == bytes.Length ? default : new SessionError(SessionErrorCode.TrailingBytes, reader.At);
    }

    private static bool ReadVariables(ref JavaStreamReader reader, SessionTree tree, SessionLimits limits)
    {
        int count = reader.NewNode();
        if (!reader.ReadHeader() || !reader.ReadContent(count))
        {
            return false;
        }

        long variables = tree.Nodes[count].Value;
        if (tree.Nodes[count].Kind != NodeKind.Int64 || variables < 0 || variables > reader.Remaining / 2)
        {
            return reader.Fail(SessionErrorCode.BadLength, "the number of attributes");
        }

        for (long i = 0L; i < variables; i++)
        {
            int name = reader.NewNode();
            if (name == 0 || !reader.ReadContent(name))
            {
                return false;
            }

            if (tree.Nodes[name].Kind != NodeKind.Bytes || tree.Nodes[name].Length > limits.MaxNameBytes)
            {
                return tree.Nodes[name].Kind == NodeKind.Bytes
                    ? reader.Fail(SessionErrorCode.NameTooLong, null)
                    : reader.Fail(SessionErrorCode.Syntax, "the name of an attribute");
            }

            int value = reader.NewNode();
            if (value == 0 || !reader.ReadContent(value))
            {
                return false;
            }

            long range = tree.Nodes[name].Value;
            tree.Nodes[value].Key = range;
            tree.Nodes[value].KeyKind = KeyKind.Bytes;
            tree.Nodes[value].KeyHash = KeyHash.Of(tree.Range(range));
            MapOps.Append(tree, SessionTree.RootNode, value);
        }

        if (tree.Nodes[SessionTree.RootNode].Count > 1)
        {
            Duplicates.Collapse(tree, SessionTree.RootNode);
        }

        return true;
    }
}
