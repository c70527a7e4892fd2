using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace SessionGateway.CompatTests.Php;

/// <summary>Runs the tests with <see cref="StageRunner"/>.</summary>
internal sealed class StageExecutor(
    AssemblyName assemblyName, ISourceInformationProvider sources, IMessageSink diagnosticSink)
    : XunitTestFrameworkExecutor(assemblyName, sources, diagnosticSink)
{
    protected override async void RunTestCases(
        IEnumerable<IXunitTestCase> testCases, IMessageSink sink, ITestFrameworkExecutionOptions options)
    {
        using var runner = new StageRunner(TestAssembly, testCases, DiagnosticMessageSink, sink, options);
        await runner.RunAsync();
    }
}
