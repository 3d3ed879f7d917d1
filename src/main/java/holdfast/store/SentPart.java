package holdfast.store;

/** One part that the store has, with what it said of it. */
record SentPart(int number, long bytes, int crc, String etag) {}
