package holdfast.plan;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a well-formed {@code holdfast:} part of {@code application.yml}. */
final class InstallationReader {

  private final Home home;

  InstallationReader(Home home) {
    this.home = home;
  }

  Installation read(YamlTree tree) {
    Section all = new Section(tree, "/holdfast");
    Section journal = all.section("journal");
    return new Installation(
        all.named("stores", this::store),
        all.named("connections", this::connection),
        keys(all.section("keys")),
        all.named("channels", ChannelReader::read),
        all.named("senders", SenderReader::read),
        new JournalSpec(
            journal.textOrNull("url"),
            journal.textOrNull("user"),
            journal.secretOrNull("password"),
            journal.has("backup") ? journalBackup(journal.section("backup")) : null),
        new ScratchSpec(all.section("scratch").textOrNull("connection")),
        AlarmRuleReader.read(all.section("alarms").sections("rules"), null),
        address(all.textOrNull("address")),
        DutyReader.levels(all),
        all.has("alarm-test") ? DutyReader.alarmTest(all.section("alarm-test")) : null,
        new Precautions(
            all.has("heartbeat") ? heartbeat(all.section("heartbeat")) : null,
            all.section("audit").texts("stores"),
            capacities(all)));
  }

  private static Map<String, Long> capacities(Section all) {
    Map<String, Long> capacities = new LinkedHashMap<>();
    all.named("stores", store -> store)
        .forEach(
            (name, store) -> {
              if (store.has("capacity")) {
                capacities.put(name, Amounts.bytes(store.text("capacity")));
              }
            });
    return capacities;
  }

  private static JournalSpec.Backup journalBackup(Section at) {
    return new JournalSpec.Backup(
        at.texts("stores"),
        at.texts("recipients"),
        new Schedule(
            "journal",
            at.text("cron", Defaults.JOURNAL_CRON),
            ZoneId.of(at.text("zone", Defaults.ZONE)),
            true,
            at.origin()),
        at.texts("channels"),
        at.origin());
  }

  private static Precautions.Heartbeat heartbeat(Section at) {
    return new Precautions.Heartbeat(
        secret(at, "url"),
        at.duration("every", Precautions.EVERY),
        at.flag("fail", false),
        at.origin());
  }

  private static @Nullable URI address(@Nullable String text) {
    return text == null ? null : URI.create(text.replaceFirst("/$", ""));
  }

  private StoreSpec store(Section at) {
    if (at.text("kind").equals("directory")) {
      return new StoreSpec.Directory(at.key(), path(at.text("path")), at.origin());
    }
    return new StoreSpec.S3(
        at.key(),
        at.text("bucket"),
        at.text("prefix", Defaults.PREFIX),
        access(at),
        at.flag("path-style", false),
        at.textOrNull("owner"),
        at.choice("encryption", Defaults.ENCRYPTION),
        at.textOrNull("kms-key"),
        at.text("storage-class", Defaults.STORAGE_CLASS),
        at.has("retention-access") ? retentionAccess(at) : null,
        at.origin());
  }

  private static AwsAccess retentionAccess(Section at) {
    Section keys = at.section("retention-access");
    AwsAccess access = access(at);
    return new AwsAccess(
        access.region(), access.endpoint(), secret(keys, "access-key"), secret(keys, "secret-key"));
  }

  static AwsAccess access(Section at) {
    String endpoint = at.textOrNull("endpoint");
    return new AwsAccess(
        at.text("region"),
        endpoint == null ? null : URI.create(endpoint),
        at.secretOrNull("access-key"),
        at.secretOrNull("secret-key"));
  }

  private ConnectionSpec connection(Section at) {
    return new ConnectionSpec(
        at.key(),
        at.text("host"),
        at.number("port", Defaults.POSTGRES_PORT),
        at.text("user"),
        at.secretOrNull("password"),
        at.text("sslmode", Defaults.SSL_MODE),
        at.origin());
  }

  private KeySpec keys(Section at) {
    Section signing = at.section("signing");
    List<KeySpec.Locked> opening =
        at.oneOrMoreSections("opening").stream().map(this::locked).toList();
    KeySpec.Locked first = opening.isEmpty() ? null : opening.get(0);
    return new KeySpec(
        at.named("recipients", key -> path(at.section("recipients").text(key.key()))),
        pathOrNull(signing.textOrNull("key")),
        signing.secretOrNull("passphrase"),
        first == null ? null : first.key(),
        first == null ? null : first.passphrase(),
        opening.stream().skip(1).toList(),
        at.texts("former-signers").stream().map(this::path).toList(),
        at.has("escrow") ? locked(at.section("escrow")) : null,
        at.origin());
  }

  private KeySpec.Locked locked(Section at) {
    return new KeySpec.Locked(path(at.text("key")), at.secretOrNull("passphrase"));
  }

  static SecretRef secret(Section at, String field) {
    SecretRef ref = at.secretOrNull(field);
    if (ref == null) {
      throw new IllegalStateException("the schema requires " + field);
    }
    return ref;
  }

  private Path path(String text) {
    return home.folder().resolve(text).normalize();
  }

  private @Nullable Path pathOrNull(@Nullable String text) {
    return text == null ? null : path(text);
  }
}
