using SessionGateway.Commands.Resp.Collections.Hashes;
using SessionGateway.Commands.Resp.Connection;
using SessionGateway.Commands.Resp.Connection.Client;
using SessionGateway.Commands.Resp.Keys;
using SessionGateway.Commands.Resp.Keys.Object;
using SessionGateway.Commands.Resp.PubSub;
using SessionGateway.Commands.Resp.PubSub.Introspection;
using SessionGateway.Commands.Resp.Scripting;
using SessionGateway.Commands.Resp.Scripting.Script;
using SessionGateway.Commands.Resp.Server;
using SessionGateway.Commands.Resp.Server.Commands;
using SessionGateway.Commands.Resp.Server.Configuration;
using SessionGateway.Commands.Resp.Server.Info;
using SessionGateway.Commands.Resp.Server.Memory;
using SessionGateway.Commands.Resp.Strings;
using SessionGateway.Commands.Resp.Transactions;

namespace SessionGateway.Commands.Resp;

/// <summary>All commands, one line each.</summary>
internal static class CommandList
{
    /// <summary>Makes the commands.</summary>
    public static RespCommand[] Create() =>
    [
        new PingCommand(),
        new EchoCommand(),
        new QuitCommand(),
        new SelectCommand(),
        new AuthCommand(),
        new HelloCommand(),
        new ResetCommand(),
        new ClientCommand(
            new ClientIdCommand(),
            new ClientGetNameCommand(),
            new ClientSetNameCommand(),
            new ClientSetInfoCommand(),
            new ClientInfoCommand(),
            new ClientListCommand(),
            new ClientKillCommand(),
            new ClientReplyCommand(),
            new ClientNoEvictCommand(),
            new ClientGetRedirCommand(),
            new ClientHelpCommand()),

        new GetCommand(),
        new SetCommand(),
        new SetExCommand(),
        new PSetExCommand(),
        new SetNxCommand(),
        new GetSetCommand(),
        new GetDelCommand(),
        new GetExCommand(),
        new MGetCommand(),
        new MSetCommand(),
        new MSetNxCommand(),
        new AppendCommand(),
        new StrLenCommand(),
        new GetRangeCommand(),
        new SubstrCommand(),
        new SetRangeCommand(),
        new IncrCommand(),
        new DecrCommand(),
        new IncrByCommand(),
        new DecrByCommand(),
        new IncrByFloatCommand(),

        new HSetCommand(),
        new HMSetCommand(),
        new HSetNxCommand(),
        new HGetCommand(),
        new HMGetCommand(),
        new HGetAllCommand(),
        new HKeysCommand(),
        new HValsCommand(),
        new HDelCommand(),
        new HExistsCommand(),
        new HLenCommand(),
        new HStrLenCommand(),
        new HIncrByCommand(),
        new HIncrByFloatCommand(),
        new HRandFieldCommand(),
        new HScanCommand(),
        new HExpireCommand(),
        new HPExpireCommand(),
        new HExpireAtCommand(),
        new HPExpireAtCommand(),
        new HTtlCommand(),
        new HPTtlCommand(),
        new HExpireTimeCommand(),
        new HPExpireTimeCommand(),
        new HPersistCommand(),
        new HGetDelCommand(),
        new HGetExCommand(),
        new HSetExCommand(),

        new DelCommand(),
        new UnlinkCommand(),
        new ExistsCommand(),
        new TouchCommand(),
        new TypeCommand(),
        new ExpireCommand(),
        new PExpireCommand(),
        new ExpireAtCommand(),
        new PExpireAtCommand(),
        new TtlCommand(),
        new PTtlCommand(),
        new ExpireTimeCommand(),
        new PExpireTimeCommand(),
        new PersistCommand(),
        new ScanCommand(),
        new KeysCommand(),
        new RandomKeyCommand(),
        new ObjectCommand(
            new ObjectEncodingCommand(),
            new ObjectIdleTimeCommand(),
            new ObjectRefCountCommand(),
            new ObjectFreqCommand(),
            new ObjectHelpCommand()),

        new MultiCommand(),
        new ExecCommand(),
        new DiscardCommand(),
        new WatchCommand(),
        new UnwatchCommand(),

        new SubscribeCommand(),
        new PSubscribeCommand(),
        new UnsubscribeCommand(),
        new PUnsubscribeCommand(),
        new PublishCommand(),
        new PubSubCommand(
            new PubSubChannelsCommand(),
            new PubSubNumSubCommand(),
            new PubSubNumPatCommand(),
            new PubSubHelpCommand()),

        new EvalCommand(),
        new EvalShaCommand(),
        new ScriptCommand(
            new ScriptLoadCommand(),
            new ScriptExistsCommand(),
            new ScriptFlushCommand(),
            new ScriptKillCommand(),
            new ScriptHelpCommand()),

        new InfoCommand(),
        new DbSizeCommand(),
        new FlushDbCommand(),
        new FlushAllCommand(),
        new TimeCommand(),
        new LastSaveCommand(),
        new ShutdownCommand(),
        new RoleCommand(),
        new WaitCommand(),
        new ReadOnlyCommand(),
        new ReadWriteCommand(),
        new ClusterCommand(),
        new MemoryCommand(
            new MemoryUsageCommand(),
            new MemoryHelpCommand()),
        new ConfigCommand(
            new ConfigGetCommand(),
            new ConfigSetCommand(),
            new ConfigResetStatCommand(),
            new ConfigRewriteCommand(),
            new ConfigHelpCommand()),
        new CommandCommand(
            new CommandCountCommand(),
            new CommandInfoCommand(),
            new CommandDocsCommand(),
            new CommandListCommand(),
            new CommandGetKeysCommand(),
            new CommandGetKeysAndFlagsCommand(),
            new CommandHelpCommand()),
    ];
}
