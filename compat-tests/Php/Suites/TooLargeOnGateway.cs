using SessionGateway.CompatTests.Php.Backends;

namespace SessionGateway.CompatTests.Php.Suites;

public sealed class TooLargeOnGateway : TooLargeSuite<Gateway>
{
    private protected override bool OlderStateStays => true;
}
