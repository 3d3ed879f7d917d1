package holdfast.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where catalog and journal are kept: without a URL, a private PostgreSQL cluster in the home
 * folder.
 *
 * @param backup how it is backed up itself; absent, it is not
 */
public record JournalSpec(
    @Nullable String url,
    @Nullable String user,
    @Nullable SecretRef password,
    @Nullable Backup backup) {

  /** One that is not backed up. */
  public JournalSpec(@Nullable String url, @Nullable String user, @Nullable SecretRef password) {
    this(url, user, password, null);
  }

  /**
   * How the journal's own database becomes points like any other.
   *
   * @param stores as an asset's: the first is the primary copy
   * @param recipients as a pipeline's
   * @param channels that hear of it
   */
  public record Backup(
      List<String> stores,
      List<String> recipients,
      Schedule schedule,
      List<String> channels,
      Origin origin) {}
}
