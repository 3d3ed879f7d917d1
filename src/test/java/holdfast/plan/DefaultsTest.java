package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds where a plan says nothing; a change here changes what operators get. */
class DefaultsTest {

  @TempDir private Path home;

  private Plans plans() throws IOException {
    Files.writeString(
        home.resolve("application.yml"),
        """
        holdfast:
          stores: {primary: {kind: s3, bucket: shop-backups, region: eu-central-1}}
          connections: {shop-db: {host: db, user: holdfast}}
          keys: {recipients: {ops: ops.asc}, signing: {key: sign.asc}}
          channels:
            mail: {kind: email, host: smtp, from: a@shop.example, to: [b@shop.example]}
            bus: {kind: eventbridge, region: eu-central-1}
        """);
    Files.createDirectory(home.resolve("systems"));
    Files.writeString(
        home.resolve("systems/shop.yml"),
        """
        system: shop
        description: Shop
        plan: {version: "1", owner: Ada}
        components: [{name: db, description: PostgreSQL, priority: P0}]
        assets:
          - name: db
            component: db
            source: {kind: postgresql, connection: shop-db, database: shop}
            pipeline: {recipients: [ops]}
            schedules: [{name: nightly, cron: "@daily"}]
            stores: [primary]
        contacts: [{name: Ada, role: all, email: ada@shop.example}]
        escalation: [{level: 1, after: 0m, contacts: [Ada], channels: [mail]}]
        """);
    return new PlanLoader(new Home(home)).load().plans().orElseThrow();
  }

  @Test
  void an_installation_has_these_defaults() throws IOException {
    Installation installation = plans().installation();
    StoreSpec.S3 s3 = (StoreSpec.S3) installation.stores().get("primary");
    assertThat(s3.prefix()).isEqualTo("holdfast");
    assertThat(s3.encryption()).isEqualTo(StoreSpec.Encryption.SSE_S3);
    assertThat(s3.storageClass()).isEqualTo("STANDARD");
    assertThat(s3.pathStyle()).isFalse();
    assertThat(s3.access()).isEqualTo(new AwsAccess("eu-central-1", null, null, null));
    ConnectionSpec connection = installation.connections().get("shop-db");
    assertThat(connection.port()).isEqualTo(5432);
    assertThat(connection.sslMode()).isEqualTo("prefer");
    ChannelSpec.Email mail = (ChannelSpec.Email) installation.channels().get("mail");
    assertThat(mail.port()).isEqualTo(587);
    assertThat(mail.security()).isEqualTo(ChannelSpec.Security.STARTTLS);
    ChannelSpec.EventBridge bus = (ChannelSpec.EventBridge) installation.channels().get("bus");
    assertThat(bus.bus()).isEqualTo("default");
    assertThat(bus.source()).isEqualTo("holdfast");
    assertThat(installation.journal()).isEqualTo(new JournalSpec(null, null, null));
    assertThat(installation.scratch()).isEqualTo(new ScratchSpec(null));
  }

  @Test
  void an_asset_has_these_defaults() throws IOException {
    Asset asset = plans().assets().get(0);
    assertThat(asset.source().content()).isEqualTo(PostgresSpec.Content.FULL);
    assertThat(asset.pipeline())
        .isEqualTo(new Pipeline(Pipeline.Compression.ZSTD, 3, List.of("ops")));
    assertThat(asset.schedules().get(0).zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(asset.schedules().get(0).enabled()).isTrue();
    assertThat(asset.verification())
        .isEqualTo(new Verification(true, Duration.ofMinutes(5), 10_000, List.of()));
    assertThat(asset.retention()).isEqualTo(new Retention(Duration.ofDays(30), 7));
    assertThat(asset.lifecycle())
        .isEqualTo(new Lifecycle(null, "GLACIER", null, Duration.ofDays(7)));
    assertThat(asset.channels()).isEmpty();
  }

  @Test
  void other_defaults_follow_from_a_choice() {
    assertThat(Defaults.level(Pipeline.Compression.GZIP)).isEqualTo(6);
    assertThat(Defaults.mailPort(ChannelSpec.Security.TLS)).isEqualTo(465);
    assertThat(Defaults.mailPort(ChannelSpec.Security.NONE)).isEqualTo(25);
  }
}
