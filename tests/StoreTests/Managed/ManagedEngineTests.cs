using SessionGateway.StoreTests.Contract;

// The contract suites closed over the simple engine: one line each, so they share a file.
namespace SessionGateway.StoreTests.Managed;

public sealed class ManagedItemTests : ItemContract<ManagedEngine>;

public sealed class ManagedCasTests : CasContract<ManagedEngine>;

public sealed class ManagedAliasTests : AliasContract<ManagedEngine>;

public sealed class ManagedExpiryTests : ExpiryContract<ManagedEngine>;

public sealed class ManagedFlushTests : FlushContract<ManagedEngine>;

public sealed class ManagedLimitTests : LimitContract<ManagedEngine>;

public sealed class ManagedScanTests : ScanContract<ManagedEngine>;

public sealed class ManagedMutationTests : MutationContract<ManagedEngine>;

public sealed class ManagedGuardTests : GuardContract<ManagedEngine>;

public sealed class ManagedWaiterTests : WaiterContract<ManagedEngine>;
