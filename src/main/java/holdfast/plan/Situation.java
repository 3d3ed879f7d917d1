package holdfast.plan;

import java.util.Locale;

/** What kind of trouble a system is in; runbooks and people are chosen by it. */
public enum Situation {
  /** A database fails, is degraded, corrupt or gone. */
  DATABASE,
  /** An application fails or does not answer as it should. */
  APPLICATION,
  /** A server, an instance or a zone fails. */
  SERVER,
  /** A whole region, or a service of it, is out. */
  REGION,
  /** Somebody is inside, or a secret is outside. */
  SECURITY,
  /** Data was deleted. */
  DELETION,
  /** A copy elsewhere lags, or is not made any more. */
  REPLICATION,
  /** A backup failed, or is missing. */
  BACKUP,
  /** A deployment or a pipeline failed. */
  PIPELINE,
  /** A Redis server fails. */
  REDIS,
  /** A MongoDB cluster fails. */
  MONGODB,
  /** Room or a quota comes to its end. */
  CAPACITY,
  /** Holdfast itself, or a way by which alarms reach it, is in trouble. */
  HOLDFAST,
  /** Nothing that somebody would recover from. */
  NONE;

  /** As people write it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
