package holdfast.plan;

import java.net.URI;
import java.nio.file.Path;
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
            journal.secretOrNull("password")),
        new ScratchSpec(all.section("scratch").textOrNull("connection")),
        AlarmRuleReader.read(all.section("alarms").sections("rules"), null),
        address(all.textOrNull("address")),
        DutyReader.levels(all),
        all.has("alarm-test") ? DutyReader.alarmTest(all.section("alarm-test")) : null);
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
    Section opening = at.section("opening");
    return new KeySpec(
        at.named("recipients", key -> path(at.section("recipients").text(key.key()))),
        pathOrNull(signing.textOrNull("key")),
        signing.secretOrNull("passphrase"),
        pathOrNull(opening.textOrNull("key")),
        opening.secretOrNull("passphrase"),
        at.origin());
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
