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
    public override void Execute(in RespCall call)
    {
        if (RestoreOptions.TryRead(call, out RestoreOptions options))
        {
            // What a string becomes is what a connection could have sent.
            CommandLimits limits = call.Services.Limits;
            int most = (int)Math.Min(limits.MaxBulkBytes, limits.ClientBytes);
            call.Connection.Run(new RestoreRequest(options, most), call);
        }
    }
}
