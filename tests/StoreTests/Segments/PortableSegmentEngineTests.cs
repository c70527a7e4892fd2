using SessionGateway.StoreTests.Contract;

// The contract suites closed over the memory engine: one line each, so they share a file.
namespace SessionGateway.StoreTests.Segments;

public sealed class PortableSegmentItemTests : ItemContract<PortableSegmentEngine>;

public sealed class PortableSegmentCasTests : CasContract<PortableSegmentEngine>;

public sealed class PortableSegmentAliasTests : AliasContract<PortableSegmentEngine>;

public sealed class PortableSegmentExpiryTests : ExpiryContract<PortableSegmentEngine>;

public sealed class PortableSegmentFlushTests : FlushContract<PortableSegmentEngine>;

public sealed class PortableSegmentLimitTests : LimitContract<PortableSegmentEngine>;

public sealed class PortableSegmentScanTests : ScanContract<PortableSegmentEngine>;

public sealed class PortableSegmentMutationTests : MutationContract<PortableSegmentEngine>;

public sealed class PortableSegmentGuardTests : GuardContract<PortableSegmentEngine>;
