using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: Xunit.TestFramework("SessionGateway.CompatTests.Php.PhpTestFramework", "SessionGateway.CompatTests.Php")]

namespace SessionGateway.CompatTests.Php;

/// <summary>xunit as it is, with an end of the run: xunit 2 has no fixture for a whole assembly.</summary>
/// <param name="messageSink">xunit's own.</param>
public sealed class PhpTestFramework(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new StageExecutor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);
}
