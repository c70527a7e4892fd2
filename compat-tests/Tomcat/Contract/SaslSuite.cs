using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Tomcat.Nodes;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>SASL PLAIN as the manager does it: AUTH is the first request, mechanisms are not asked for.</summary>
public abstract class SaslSuite<TStack> : IDisposable
    where TStack : IStack, new()
{
    private readonly IMemcached _server = new TStack().StartMemcachedWithLogin();

    [Fact]
    public void The_right_password_opens_the_connection()
    {
        using var connection = RawConnection.Connect(_server.Port);
        Assert.Equal("Authenticated"u8.ToArray(), Ask(connection, Login(ServerLogin.Password)).Value.ToArray());
        Assert.Equal(BinaryStatus.Success,
            Ask(connection, Requests.Binary(BinaryOpcode.Set, 2, "key", 0, "x"u8)).Status);
        Assert.Equal("x"u8.ToArray(), Ask(connection, Requests.Binary(BinaryOpcode.Get, 3, "key")).Value.ToArray());
    }

    [Fact]
    public void A_wrong_password_is_an_auth_error_and_may_be_tried_again()
    {
        using var connection = RawConnection.Connect(_server.Port);
        BinaryReply refused = Ask(connection, Login("falsch"));
        Assert.Equal(BinaryStatus.AuthError, refused.Status);
        Assert.Equal("Auth failure."u8.ToArray(), refused.Value.ToArray());
        Assert.Equal(BinaryStatus.Success, Ask(connection, Login(ServerLogin.Password)).Status);
    }

    [Theory]
    [InlineData(BinaryOpcode.Get)]
    [InlineData(BinaryOpcode.Delete)]
    public void Any_other_request_before_the_login_is_refused_and_ends_the_connection(BinaryOpcode opcode)
    {
        using var connection = RawConnection.Connect(_server.Port);
        Assert.Equal(BinaryStatus.AuthError, Ask(connection, Requests.Binary(opcode, 7, "key")).Status);
        Assert.Empty(connection.ReadToEnd());
    }

    public void Dispose()
    {
        _server.Dispose();
        GC.SuppressFinalize(this);
    }

    private static byte[] Login(string password) => Requests.Binary(BinaryOpcode.SaslAuth, 1, "PLAIN",
        value: System.Text.Encoding.Latin1.GetBytes($"\0{ServerLogin.User}\0{password}"));

    private static BinaryReply Ask(RawConnection connection, byte[] request)
    {
        connection.Send(request);
        return connection.ReadBinary();
    }
}
