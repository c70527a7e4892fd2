using SessionGateway.StoreTests.Contract;

// The contract suites whose values differ under compression: one line each, so they share a file.
namespace SessionGateway.StoreTests.Segments;

public sealed class CompressingSegmentItemTests : ItemContract<CompressingSegmentEngine>;

public sealed class CompressingSegmentAliasTests : AliasContract<CompressingSegmentEngine>;

public sealed class CompressingSegmentScanTests : ScanContract<CompressingSegmentEngine>;
