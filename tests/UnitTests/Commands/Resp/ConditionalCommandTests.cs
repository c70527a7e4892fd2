using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Commands of valkey 8.1 to 9 and redis 8.4, as their reference pages have them.</summary>
public sealed class ConditionalCommandTests : OwningTests
{
    // XXH3 of "" and of "me", by the reference implementation.
    private const string EmptyDigest = "2d06800538d394c2";

    private readonly RespPeer _peer = new();

    [Fact]
    public void A_lock_is_released_by_its_owner_only() => _peer
        .Expect("SET lock me PX 10000", "+OK").Expect("DELIFEQ lock you", ":0").Expect("GET lock", "$2 me")
        .Expect("DELIFEQ lock me", ":1").Expect("DELIFEQ lock me", ":0").Expect("EXISTS lock", ":0")
        .Expect("SET lock me PX 10000", "+OK").Expect("DELEX lock IFEQ you", ":0").Expect("DELEX lock ifeq me", ":1")
        .Expect("DELEX lock IFEQ me", ":0").Expect("DELEX lock IFNE me", ":0");

    [Fact]
    public void A_lock_is_extended_by_its_owner_only() => _peer
        .Expect("SET lock me PX 10000", "+OK").Expect("SET lock me IFEQ you PX 90000", "$-1")
        .Expect("PTTL lock", ":10000").Expect("SET lock me PX 90000 IFEQ me", "+OK").Expect("PTTL lock", ":90000")
        .Expect("SET absent me IFEQ me", "$-1").Expect("EXISTS absent", ":0").Expect("SET absent me IFNE me", "+OK")
        .Expect("SET absent me IFNE me", "$-1").Expect("SET absent you IFNE you", "+OK");

    [Fact]
    public void With_GET_the_old_value_is_the_answer_whatever_happens() => _peer
        .Expect("SET k a IFEQ b GET", "$-1").Expect("EXISTS k", ":0").Expect("SET k a", "+OK")
        .Expect("SET k b IFEQ x GET", "$1 a").Expect("SET k b GET IFEQ a", "$1 a").Expect("GET k", "$1 b");

    [Fact]
    public void Digests_stand_for_values()
    {
        _peer.Expect("DIGEST absent", "$-1").Expect("SET k \"\"", "+OK").Expect("DIGEST k", $"$16 {EmptyDigest}")
            .Expect($"SET k a IFDEQ {EmptyDigest.ToUpperInvariant()}", "+OK")
            .Expect($"SET k b IFDEQ {EmptyDigest}", "$-1")
            .Expect($"SET k b IFDNE {EmptyDigest}", "+OK").Expect($"DELEX k IFDEQ {EmptyDigest}", ":0")
            .Expect($"DELEX k IFDNE {EmptyDigest}", ":1").Expect($"SET k c IFDNE {EmptyDigest}", "+OK")
            .Expect("SET k c IFDEQ abc", "-ERR must be exactly 16 hexadecimal characters")
            .Expect("DELEX k IFDNE abc", "-ERR must be exactly 16 hexadecimal characters")
            .Expect("DELEX k IFDEQ 0123456789abcdeg", ":0").Expect("DELEX k IFDNE 0123456789abcdeg", ":1")
            .Expect("DELEX k IFDNE abc", ":0");
    }

    [Fact]
    public void Conditions_are_for_strings_and_stand_alone()
    {
        const string WrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value";
        _peer.Expect("HSET h f v", ":1").Expect("SET h v IFEQ v", WrongType).Expect("SET h v IFNE v", WrongType)
            .Expect("DELIFEQ h v", WrongType).Expect("DIGEST h", WrongType)
            .Expect("DELEX h IFNE v", "-ERR Key should be of string type if conditions are specified")
            .Expect("DELEX h", ":1").Expect("DELEX h", ":0");
        foreach (string words in (string[])["NX IFEQ a", "IFEQ a XX", "IFEQ a IFNE b", "IFEQ", "IFEQ a IFEQ a"])
        {
            _peer.Expect($"SET k v {words}", "-ERR syntax error");
        }

        _peer.Expect("DELEX k IFEQ", "-ERR wrong number of arguments for 'delex' command")
            .Expect("DELEX k NX v", ":0").Expect("SET k v", "+OK")
            .Expect("DELEX k NX v", "-ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE")
            .Expect("GETEX k IFEQ a", "-ERR syntax error");
    }

    [Fact]
    public void MSETEX_sets_all_or_none()
    {
        _peer.Expect("MSETEX 2 a 1 b 2 EX 100", ":1").Expect("TTL a", ":100").Expect("TTL b", ":100")
            .Expect("MSETEX 2 a 3 c 4 NX", ":0").Expect("EXISTS c", ":0").Expect("MSETEX 2 a 3 c 4 XX", ":0")
            .Expect("MSETEX 2 a 5 b 6 XX KEEPTTL", ":1").Expect("TTL b", ":100").Expect("MGET a b", "*2 $1 5 $1 6")
            .Expect("MSETEX 1 a 7", ":1").Expect("TTL a", ":-1")
            .Expect("MSETEX 0 a 7", "-ERR invalid numkeys value").Expect("MSETEX x a 7", "-ERR invalid numkeys value")
            .Expect("MSETEX 2 a 7 b", "-ERR wrong number of key-value pairs")
            .Expect("MSETEX 1 a 7 GET", "-ERR syntax error")
            .Expect("MSETEX 1 a 7 b 8", "-ERR syntax error")
            .Expect("COMMAND GETKEYS MSETEX 2 a 1 b 2 EX 5", "*2 $1 a $1 b");
    }

    [Fact]
    public void A_digest_is_XXH3() => _peer
        .Expect("SET k \"hello world\"", "+OK").Expect("DIGEST k", "$16 d447b1ea40e6988b");
}
