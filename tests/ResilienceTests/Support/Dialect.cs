using Xunit.Sdk;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>The same few requests in each protocol.</summary>
internal abstract class Dialect
{
    /// <summary>All protocols.</summary>
    public static IReadOnlyList<Dialect> All { get; } = [new TextDialect(), new BinaryDialect(), new RespDialect()];

    /// <summary>Name, for keys and messages.</summary>
    public abstract string Name { get; }

    /// <summary>The answer to a set.</summary>
    public abstract byte[] Stored { get; }

    /// <summary>The answer to a set when memory is full; longer than <see cref="Stored"/>.</summary>
    public abstract byte[] Refused { get; }

    /// <summary>The answer to a get of a key that is not there.</summary>
    public abstract byte[] Missing { get; }

    /// <summary>The answer to a delete of a key that was there.</summary>
    public abstract byte[] Deleted { get; }

    /// <summary>A listener that reads the protocol.</summary>
    public abstract int Port(RunningGateway gateway);

    /// <summary>A set up to its value, whose length it announces.</summary>
    public abstract byte[] SetHead(string key, int valueBytes);

    /// <summary>What follows the value of a set.</summary>
    public abstract byte[] SetTail { get; }

    /// <summary>A get of one key.</summary>
    public abstract byte[] Get(string key);

    /// <summary>Its answer when the key is there.</summary>
    public abstract byte[] Found(string key, ReadOnlySpan<byte> value);

    /// <summary>A delete of one key.</summary>
    public abstract byte[] Delete(string key);

    /// <summary>A whole set.</summary>
    public byte[] Set(string key, ReadOnlySpan<byte> value) => [.. SetHead(key, value.Length), .. value, .. SetTail];

    /// <summary>A new connection.</summary>
    public Client Connect(RunningGateway gateway) => Client.Connect(Port(gateway));

    /// <summary>Sends a request and asserts its answer.</summary>
    public void Ask(Client client, byte[] request, byte[] answer)
    {
        client.Send(request);
        Expect(client, answer);
    }

    /// <summary>Reads one answer and asserts it.</summary>
    public void Expect(Client client, byte[] answer)
    {
        byte[] got = client.Read(answer.Length);
        Mask(got);
        // Not Assert.Equal: the values are large, and its message costs minutes.
        if (!got.AsSpan().SequenceEqual(answer))
        {
            throw new XunitException($"{Name}: expected {Shown.Bytes(answer)}, got {Shown.Bytes(got)}");
        }
    }

    /// <summary>Reads the answer to a set: true when it is stored, false when memory is full; nothing else is
    /// right.</summary>
    public bool ReadWhetherStored(Client client)
    {
        byte[] got = client.Read(Stored.Length);
        Mask(got);
        if (got.AsSpan().SequenceEqual(Stored))
        {
            return true;
        }

        got = [.. got, .. client.Read(Refused.Length - got.Length)];
        Assert.Equal(Refused, got);
        return false;
    }

    /// <summary>Blanks what no client can know beforehand.</summary>
    protected virtual void Mask(Span<byte> answer)
    {
    }
}
