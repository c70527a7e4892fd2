using SessionGateway.Commands;
using SessionGateway.Gateway.Options;

namespace SessionGateway.HostTests.Options;

public sealed class GatewayOptionsValidatorTests
{
    private const long MachineBytes = 8L << 30;

    [Fact]
    public void The_defaults_are_accepted() => Check(GatewayOptions.Default);

    [Fact]
    public void More_memory_than_the_machine_has_is_refused()
    {
        Check(GatewayOptions.Default with { MemoryBytes = MachineBytes });
        Refused("--memory 9g is more than this machine has (8192m)",
            GatewayOptions.Default with { MemoryBytes = 9L << 30 });
    }

    [Fact]
    public void A_value_that_could_never_be_stored_is_refused()
    {
        GatewayOptions most = GatewayOptions.Default with { MemoryBytes = 64 << 20, MaxValueBytes = 16 << 20 };
        Check(most);
        Refused("more than a quarter", most with { MaxValueBytes = (16 << 20) + 1 });
    }

    [Fact]
    public void Pressure_marks_in_the_wrong_order_are_refused()
    {
        Check(GatewayOptions.Default with { PressureHigh = 89, PressureCritical = 90 });
        Refused("--pressure-high 90 must be less than --pressure-critical 90",
            GatewayOptions.Default with { PressureHigh = 90 });
    }

    [Fact]
    public void A_prefix_of_two_kinds_is_refused()
    {
        Check(GatewayOptions.Default with { Anonymous = ["s:"], Evictable = ["s:cache:"] });
        Refused("--anonymous s: and --evictable s: contradict", GatewayOptions.Default with
        {
            Anonymous = ["a", "s:"], Evictable = ["s:"],
        });
    }

    [Fact]
    public void An_output_limit_below_the_longest_value_is_refused()
    {
        Refused("--output-limit normal=1m must be more", WithNormalOutput(1 << 20));
        Check(WithNormalOutput(2 << 20));
    }

    [Fact]
    public void A_soft_output_limit_above_the_hard_one_is_refused() =>
        Refused("--output-soft", WithNormalOutput(2 << 20) with { OutputSoftBytes = 4 << 20 });

    [Fact]
    public void A_connection_that_may_hold_more_than_all_or_less_than_a_value_is_refused()
    {
        Refused("is more than --clients-memory", GatewayOptions.Default with
        {
            ClientMemoryBytes = 64 << 20, ClientsMemoryBytes = 32 << 20,
        });
        Refused("--client-memory 1m must be more", GatewayOptions.Default with { ClientMemoryBytes = 1 << 20 });
    }

    private static GatewayOptions WithNormalOutput(long bytes) => GatewayOptions.Default with
    {
        OutputLimit = OutputLimits.Default with { Normal = new OutputLimit(bytes) },
    };

    [Theory]
    [InlineData("0.0.0.0:11211")]
    [InlineData("[::]:11211")]
    [InlineData("192.168.1.1:6379/resp")]
    public void A_listener_for_other_machines_needs_a_login_or_the_word_insecure(string address)
    {
        GatewayOptions open = GatewayOptions.Default with { Listen = [Address("127.0.0.1:1"), Address(address)] };
        Refused("--insecure", open);
        Check(open with { Insecure = true });
        Check(open with { Auth = [("default", "secret")] });
    }

    [Fact]
    public void A_directory_for_a_log_that_is_not_asked_for_is_refused()
    {
        GatewayOptions forgotten = GatewayOptions.Default with { DataDir = "data" };
        Refused("--data-dir data keeps nothing without --persist log", forgotten);
        Check(forgotten with { Persist = PersistKind.Log });
    }

    [Fact]
    public void The_same_place_twice_is_refused_but_free_ports_may_be_many()
    {
        Refused("given twice", GatewayOptions.Default with
        {
            Listen = [Address("127.0.0.1:1/auto"), Address("127.0.0.1:1/resp")],
        });
        Refused("given twice", GatewayOptions.Default with { Listen = [Address("unix:a"), Address("unix:a/resp")] });
        Check(GatewayOptions.Default with { Listen = [Address("127.0.0.1:0"), Address("127.0.0.1:0")] });
    }

    private static void Check(GatewayOptions options) => GatewayOptionsValidator.Check(options, MachineBytes);

    private static void Refused(string part, GatewayOptions options)
    {
        string message = Assert.Throws<StartupException>(() => Check(options)).Message;
        Assert.Contains(part, message);
        Assert.DoesNotContain('\n', message);
    }

    private static ListenAddress Address(string text) =>
        ListenAddress.TryParse(text, out ListenAddress? address, out string? problem)
            ? address!
            : throw new ArgumentException(problem);
}
