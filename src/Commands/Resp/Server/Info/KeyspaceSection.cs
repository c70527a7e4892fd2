using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>
/// <c>dbN:keys=…,expires=…,avg_ttl=…</c> for each database with items. The last two are taken from a sample (exact
/// up to its size): an INFO must not walk over millions of items.
/// </summary>
internal static class KeyspaceSection
{
    private const int SampleItems = 1000;

    public static void Write(InfoWriter writer, in RespCall call)
    {
        for (int database = 0; database < ItemStore.DatabaseCount; database++)
        {
            long keys = call.Store.Count(database);
            if (keys == 0)
            {
                continue;
            }

            var sample = new ExpirySample(call.Now);
            call.Store.Scan(database, 0, SampleItems, call.Now, sample);
            long expires = sample.Seen == 0 ? 0 : keys * sample.Expiring / sample.Seen;
            writer.Add($"db{database}", $"keys={keys},expires={expires},avg_ttl={sample.AverageTtl}");
        }
    }

    private sealed class ExpirySample(long now) : CountingVisitor
    {
        private long _total;

        public override bool IsFigure => true;

        public long Expiring { get; private set; }

        /// <summary>Milliseconds.</summary>
        public long AverageTtl => Expiring == 0 ? 0 : _total / Expiring;

        protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item)
        {
            if (item.ExpiresAt != 0)
            {
                Expiring++;
                _total += Math.Min(item.ExpiresAt - now, long.MaxValue / (SampleItems * 100));
            }
        }
    }
}
