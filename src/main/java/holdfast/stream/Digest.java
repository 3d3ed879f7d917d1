package holdfast.stream;

/** Length in bytes and lower-case hex SHA-256 of a stream that was read to its end. */
public record Digest(long bytes, String sha256) {}
