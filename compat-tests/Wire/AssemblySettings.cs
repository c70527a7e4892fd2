// Most of the time is spent in waiting for servers, not in computing.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
