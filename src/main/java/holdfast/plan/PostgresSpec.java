package holdfast.plan;

import java.util.List;

/**
 * A PostgreSQL database as a logical dump.
 *
 * @param connection a key of {@link Installation#connections()}
 * @param tables for {@link Content#TABLE}: {@code schema.table} names
 */
public record PostgresSpec(
    String connection, String database, Content content, List<String> tables) {

  /** The whole database, its schema alone, or named tables. */
  public enum Content {
    FULL,
    SCHEMA,
    TABLE
  }
}
