namespace SessionGateway.Protocols.Rdb;

/// <summary>What stands in a file.</summary>
public enum RdbRecordKind
{
    /// <summary>The first nine bytes: the version is known.</summary>
    Header,

    /// <summary>Something about the file: a name and a text.</summary>
    Auxiliary,

    /// <summary>The following keys are of a database.</summary>
    Database,

    /// <summary>A library of functions, which is left out.</summary>
    Function,

    /// <summary>What a module keeps beside keys, which is left out.</summary>
    ModuleAuxiliary,

    /// <summary>Sizes and slots: nothing to do.</summary>
    Hint,

    /// <summary>A key; its value follows.</summary>
    Key,

    /// <summary>The end; the checksum was right, or there is none.</summary>
    End,
}
