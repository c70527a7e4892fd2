using SessionGateway.StoreTests.Contract;

// The contract suites closed over the memory engine: one line each, so they share a file.
namespace SessionGateway.StoreTests.Segments;

public sealed class SegmentItemTests : ItemContract<SegmentEngine>;

public sealed class SegmentCasTests : CasContract<SegmentEngine>;

public sealed class SegmentAliasTests : AliasContract<SegmentEngine>;

public sealed class SegmentExpiryTests : ExpiryContract<SegmentEngine>;

public sealed class SegmentFlushTests : FlushContract<SegmentEngine>;

public sealed class SegmentLimitTests : LimitContract<SegmentEngine>;

public sealed class SegmentScanTests : ScanContract<SegmentEngine>;

public sealed class SegmentMutationTests : MutationContract<SegmentEngine>;

public sealed class SegmentGuardTests : GuardContract<SegmentEngine>;

public sealed class SegmentWaiterTests : WaiterContract<SegmentEngine>;
