using SessionGateway.StoreTests.Managed;
using SessionGateway.StoreTests.Segments;

// The contract suites closed over the engines: one line each, so they share a file.
namespace SessionGateway.StoreTests.Collections;

public sealed class SegmentHashTests : HashContract<SegmentEngine>;

public sealed class SegmentSetTests : SetContract<SegmentEngine>;

public sealed class SegmentSortedSetTests : SortedSetContract<SegmentEngine>;

public sealed class SegmentListTests : ListContract<SegmentEngine>;

public sealed class PortableSegmentHashTests : HashContract<PortableSegmentEngine>;

public sealed class PortableSegmentListTests : ListContract<PortableSegmentEngine>;

public sealed class CompressingSegmentHashTests : HashContract<CompressingSegmentEngine>;

public sealed class ManagedHashTests : HashContract<ManagedEngine>;

public sealed class ManagedSetTests : SetContract<ManagedEngine>;

public sealed class ManagedSortedSetTests : SortedSetContract<ManagedEngine>;

public sealed class ManagedListTests : ListContract<ManagedEngine>;
