using System.Text;
using SessionGateway.Commands.Resp.Transactions;
using SessionGateway.Protocols.Resp;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Commands.Resp;

/// <summary>What a connection has said here, in requests that say it elsewhere.</summary>
internal static class RespGreetings
{
    /// <summary>All; behind those that hold for good <paramref name="once"/> ones of an open MULTI.</summary>
    public static IReadOnlyList<byte[]> Of(CommandContext context, RespConversation conversation, out int once)
    {
        ClientConnection client = context.Client;
        var requests = new List<byte[]>();
        if (context.Services.Credentials.AreRequired)
        {
            byte[] password = context.Services.Credentials.PasswordOf(client.User) ?? [];
            requests.Add(RespRequestWriter.Encode("AUTH"u8.ToArray(), Encoding.UTF8.GetBytes(client.User), password));
        }

        Add(requests, client.RespVersion == 3, "HELLO", "3");
        Add(requests, client.Name.Length > 0, "CLIENT", "SETNAME", client.Name);
        Add(requests, client.LibraryName.Length > 0, "CLIENT", "SETINFO", "LIB-NAME", client.LibraryName);
        Add(requests, client.LibraryVersion.Length > 0, "CLIENT", "SETINFO", "LIB-VER", client.LibraryVersion);
        Add(requests, client.TouchesNothing, "CLIENT", "NO-TOUCH", "ON");
        Add(requests, client.Database > 0, "SELECT", $"{client.Database}");
        int lasting = requests.Count;
        if (conversation.IsInTransaction)
        {
            Add(requests, true, "MULTI");
            conversation.Transaction!.AddRequests(requests);
        }

        // The answer to the request that is forwarded, and perhaps all behind it, is not wanted. The last one: this has
        // no answer itself.
        Add(requests, conversation.IsOff, "CLIENT", "REPLY", "OFF");
        Add(requests, conversation is { IsOff: false, MutesNext: true }, "CLIENT", "REPLY", "SKIP");
        once = requests.Count - lasting;
        return requests;
    }

    /// <summary>A request as its client sent it, but for the form.</summary>
    public static byte[] Encode(in RespRequest request)
    {
        byte[][] arguments = new byte[request.Count][];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = request[i].ToArray();
        }

        return RespRequestWriter.Encode(arguments);
    }

    private static void Add(List<byte[]> requests, bool isNeeded, params ReadOnlySpan<string> words)
    {
        if (isNeeded)
        {
            byte[][] arguments = new byte[words.Length][];
            for (int i = 0; i < words.Length; i++)
            {
                arguments[i] = Encoding.Latin1.GetBytes(words[i]);
            }

            requests.Add(RespRequestWriter.Encode(arguments));
        }
    }
}
