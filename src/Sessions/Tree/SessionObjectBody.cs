namespace SessionGateway.Sessions;

/// <summary>What the data of an object consists of.</summary>
public enum SessionObjectBody : byte
{
    /// <summary>Properties by name (or the array that PHP's <c>__serialize</c> gave): see
    /// <see cref="SessionObject.Properties"/>.</summary>
    Properties,

    /// <summary>Bytes that only the class itself understands (PHP's Serializable, <c>C:</c>): see
    /// <see cref="SessionObject.Payload"/>.</summary>
    Payload,

    /// <summary>A case of an enumeration: see <see cref="SessionObject.CaseName"/>.</summary>
    EnumCase,
}
