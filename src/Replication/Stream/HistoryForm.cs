namespace SessionGateway.Replication.Stream;

/// <summary>In what form a history is told.</summary>
public enum HistoryForm
{
    /// <summary>As commands, which Redis understands.</summary>
    Commands,

    /// <summary>As the records of the append log, between gateways.</summary>
    Records,
}
