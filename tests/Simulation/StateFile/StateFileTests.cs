using SessionGateway.Replication.Pair;
using SessionGateway.Replication.Pair.StateFile;

namespace SessionGateway.Simulation.StateFile;

public sealed class StateFileTests
{
    private static readonly PairRecord Alone = new(PairRole.Primary, false, 7, "10.0.0.1:6379", "[fe80::1]:6380",
        new string('a', 40), new string('b', 40), 12, long.MaxValue);

    private static readonly PairRecord Fenced = Alone with { Role = PairRole.Fenced, IsPaired = true, Peer = "" };

    [Fact]
    public void A_record_comes_back_as_it_was_written()
    {
        foreach (PairRole role in Enum.GetValues<PairRole>())
        {
            PairRecord record = Alone with { Role = role };
            byte[] bytes = PairFile.Encode(record, 3);
            Assert.Equal(4096, bytes.Length);
            Assert.Equal(PairFileStatus.Whole, PairFile.TryDecode(bytes, out PairRecord? read, out long number));
            Assert.Equal((record, 3), (read, number));
        }
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_is_damage()
    {
        byte[] bytes = PairFile.Encode(Alone, 1);
        for (int i = 0; i < bytes.Length; i++)
        {
            Assert.Equal(PairFileStatus.Damaged, PairFile.TryDecode(bytes.AsSpan(0, i), out _, out _));
            for (int bit = 0; bit < 8; bit++)
            {
                bytes[i] ^= (byte)(1 << bit);
                Assert.NotEqual(PairFileStatus.Whole, PairFile.TryDecode(bytes, out PairRecord? record, out _));
                Assert.Null(record);
                bytes[i] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public void A_file_of_a_newer_version_is_told_and_never_taken_for_an_older_one()
    {
        byte[] bytes = PairFile.Encode(Alone, 1);
        bytes[8]++;
        Assert.Equal(PairFileStatus.Newer, PairFile.TryDecode(bytes, out _, out _));
        var storage = new MemoryStorage();
        new PairRecords(storage).Save(Fenced);
        storage.Files[PairRecords.Newest] = bytes;
        Assert.True(new PairRecords(storage).Load().IsNewer);
    }

    [Fact]
    public void A_directory_without_records_says_so() =>
        Assert.Equal(new PairPast(null, false, false), new PairRecords(new MemoryStorage()).Load());

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4095)]
    public void Power_lost_at_any_moment_of_a_writing_leaves_the_old_record_or_the_new_one(int torn)
    {
        int calls = 0;
        for (bool isDone = false; !isDone; calls++)
        {
            var storage = new MemoryStorage { Torn = torn };
            var records = new PairRecords(storage);
            records.Save(Alone);
            storage.CallsLeft = calls;
            try
            {
                records.Save(Fenced);
                isDone = true;
            }
            catch (IOException)
            {
            }

            PairPast past = new PairRecords(storage.Restarted()).Load();
            Assert.False(past.IsDoubtful);
            Assert.Equal(isDone || calls > 0 ? Fenced : Alone, past.Record);
        }

        Assert.Equal(5, calls);
    }

    [Fact]
    public void The_record_before_a_damaged_one_is_doubtful()
    {
        var storage = new MemoryStorage();
        var records = new PairRecords(storage);
        records.Save(Alone);
        records.Save(Fenced);
        storage.Files[PairRecords.Newest][500] ^= 1;
        Assert.Equal(new PairPast(Alone, true, false), new PairRecords(storage).Load());
        storage.Files.Remove(PairRecords.Newest);
        Assert.True(new PairRecords(storage).Load().IsDoubtful);
        storage.Files.Remove(PairRecords.Before);
        Assert.Null(new PairRecords(storage).Load().Record);
    }

    [Fact]
    public void Writing_goes_on_after_a_crash_and_after_damage()
    {
        var storage = new MemoryStorage();
        new PairRecords(storage).Save(Alone);
        storage.Files[PairRecords.Newest][500] ^= 1;
        var records = new PairRecords(storage);
        records.Load();
        records.Save(Fenced);
        Assert.Equal(new PairPast(Fenced, false, false), new PairRecords(storage).Load());
        records.Save(Alone);
        Assert.Equal(new PairPast(Alone, false, false), new PairRecords(storage).Load());
    }
}
