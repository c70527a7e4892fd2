namespace SessionGateway.Sessions.Php;

/// <summary>PHP's session.serialize_handler of the text family: one value grammar, three wrappers.</summary>
internal enum PhpStyle
{
    /// <summary><c>php</c>: name, <c>|</c>, value, and so on.</summary>
    Php,

    /// <summary><c>php_binary</c>: length byte, name, value, and so on.</summary>
    PhpBinary,

    /// <summary><c>php_serialize</c>: one array.</summary>
    PhpSerialize,
}
