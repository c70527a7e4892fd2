namespace SessionGateway.AspNetCore;

/// <summary>
/// How new sessions are written: PHP's <c>session.serialize_handler</c>. A session that exists is written as it was
/// found.
/// </summary>
public enum SharedSessionSerializer
{
    /// <summary><c>php</c>, PHP's default. Names must not hold <c>|</c> and must not be numbers.</summary>
    Php,

    /// <summary><c>php_serialize</c>. Every name is possible.</summary>
    PhpSerialize,

    /// <summary><c>igbinary</c>. Every name is possible.</summary>
    Igbinary,

    /// <summary><c>php_binary</c>. Names of up to 127 bytes that are not numbers.</summary>
    PhpBinary,
}
