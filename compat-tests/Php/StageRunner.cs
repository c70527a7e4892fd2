using SessionGateway.CompatTests.Php.Sites;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace SessionGateway.CompatTests.Php;

/// <summary>
/// Stops the servers of the whole run before xunit reports its end: what is left after that report is killed with the
/// test host, and its children stay.
/// </summary>
internal sealed class StageRunner(
    ITestAssembly assembly, IEnumerable<IXunitTestCase> testCases, IMessageSink diagnosticSink, IMessageSink sink,
    ITestFrameworkExecutionOptions options)
    : XunitTestAssemblyRunner(assembly, testCases, diagnosticSink, sink, options)
{
    protected override Task BeforeTestAssemblyFinishedAsync()
    {
        Stages.Close();
        return base.BeforeTestAssemblyFinishedAsync();
    }
}
