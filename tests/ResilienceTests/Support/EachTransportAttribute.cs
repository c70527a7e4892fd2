using System.Reflection;
using Xunit.Sdk;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>Runs a theory once per transport of the gateway.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachTransportAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [["epoll"], ["socket"]];
}
