using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Tomcat.Nodes;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>SASL PLAIN as the manager does it: AUTH is the first request, mechanisms are not asked for.</summary>
public abstract class SaslSuite<TStack> : IDisposable
    where TStack : IStack, new()
{
    private const ushort AuthError = 0x20;

    private readonly IMemcached _server = new TStack().StartMemcachedWithLogin();

    [Fact]
    public void The_right_password_opens_the_connection()
    {
        using RawConnection connection = RawConnection.Connect(_server.Port);
        Assert.Equal("Authenticated"u8.ToArray(), Ask(connection, Login(ServerLogin.Password)).Value);
        Assert.Equal(0, Ask(connection, BinaryFrame.Storage(BinaryFrame.Set, 2, "key", 0, "x"u8)).Status);
        Assert.Equal("x"u8.ToArray(), Ask(connection, BinaryFrame.Request(BinaryFrame.Get, 3, "key")).Value);
    }

    [Fact]
    public void A_wrong_password_is_an_auth_error_and_may_be_tried_again()
    {
        using RawConnection connection = RawConnection.Connect(_server.Port);
        BinaryReply refused = Ask(connection, Login("falsch"));
        Assert.Equal(AuthError, refused.Status);
        Assert.Equal("Auth failure."u8.ToArray(), refused.Value);
        Assert.Equal(0, Ask(connection, Login(ServerLogin.Password)).Status);
    }

    [Theory]
    [InlineData(BinaryFrame.Get)]
    [InlineData(BinaryFrame.Delete)]
    public void Any_other_request_before_the_login_is_refused_and_ends_the_connection(byte opcode)
    {
        using RawConnection connection = RawConnection.Connect(_server.Port);
        Assert.Equal(AuthError, Ask(connection, BinaryFrame.Request(opcode, 7, "key")).Status);
        Assert.Empty(connection.ReadToEnd());
    }

    public void Dispose()
    {
        _server.Dispose();
        GC.SuppressFinalize(this);
    }

    private static byte[] Login(string password) => BinaryFrame.Request(BinaryFrame.SaslAuth, 1, "PLAIN",
        value: System.Text.Encoding.Latin1.GetBytes($"\0{ServerLogin.User}\0{password}"));

    private static BinaryReply Ask(RawConnection connection, byte[] request)
    {
        connection.Send(request);
        return BinaryReply.Read(connection);
    }
}
