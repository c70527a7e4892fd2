using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>RESTORE key ttl payload [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency] (redis 7
/// cluster.c).</summary>
internal sealed class RestoreCommand() : RespCommand(
    new CommandDescriptor("restore", -4, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.Keyspace | AclCategories.Dangerous,
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Update, 1)],
        Group = "generic",
        Since = "2.6.0",
        Summary = "Create a key using the provided serialized value, previously obtained using DUMP.",
        Complexity =
            "O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the "
            + "number of Redis objects composing the value and M their average size. For small string values the time "
            + "complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values the "
            + "complexity is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).",
    })
{
    // Checked in one step; longer ones in several.
    private const int ShortBytes = 256 << 10;

    public override void Execute(in RespCall call)
    {
        if (!RestoreOptions.TryRead(call, out RestoreOptions options))
        {
            return;
        }

        ReadOnlySpan<byte> payload = call[RestoreRequest.PayloadPlace];
        if (payload.Length > ShortBytes && !call.Context.IsAtomicStep)
        {
            call.Connection.Run(new RestoreRequest(options), call);
        }
        else
        {
            call.Context.Spend(WorkUnits.ForBytes(payload.Length));
            RestoreRequest.Finish(call, options, Crc64.Append(0, RestoreRequest.CheckedPart(payload)));
        }
    }
}
