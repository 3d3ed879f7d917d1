package holdfast.campaign;

import holdfast.harness.HomeFolder;
import holdfast.harness.MailServer;
import holdfast.harness.Receiver;
import holdfast.harness.ShiftedClock;
import holdfast.harness.VictimNode;
import holdfast.process.UnixSocket;
import holdfast.stream.KeyMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An installation that waits for events: a home folder, three channels with real servers behind
 * them, one system with two escalation levels, and one sender.
 */
final class Station implements AutoCloseable {

  static final String SENDER = "monitor";
  static final String TOKEN = "a-token-of-this-test-0123456789";

  private static final String APPLICATION =
      """
      holdfast:
        stores: {primary: {kind: directory, path: store}}
        connections: {prod: {host: 127.0.0.1, port: 1, user: nobody, sslmode: disable}}
        keys:
          recipients: {operations: keys/operations.public.asc}
          signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
        channels:
          ops-slack: {kind: slack, webhook: {file: slack.url}}
          ops-email: {kind: email, host: 127.0.0.1, port: %d, security: none, from: holdfast@example.test, to: [ops@example.test]}
          ops-sns: {kind: sns, topic: "arn:aws:sns:us-east-1:123456789012:ops", region: us-east-1, endpoint: "%s", access-key: {file: secret}, secret-key: {file: secret}}
        senders:
          monitor: {kind: alertmanager, token: {file: token}}
      """;

  private static final String SYSTEM =
      """
      system: %1$s
      description: What the events are about
      plan: {version: "1", owner: DevOps Lead}
      components: [{name: database, description: PostgreSQL, priority: P0}]
      assets:
        - name: database
          component: database
          source: {kind: postgresql, connection: prod, database: roleferry}
          pipeline: {recipients: [operations]}
          stores: [primary]
          channels: []
      alarms:
        - {match: {sender: monitor, name: "%2$s"}, situation: database, component: database}
      contacts:
        - {name: DevOps Lead, role: coordinator, email: devops@example.test}
        - {name: Engineering Manager, role: management, email: em@example.test}
      escalation:
        - {level: 1, after: 0m, contacts: [DevOps Lead], channels: [ops-slack, ops-email, ops-sns]}
        - {level: 2, after: 2h, contacts: [Engineering Manager], channels: [ops-email]}
      """;

  final Path home;
  final Receiver receiver = Receiver.start();
  final MailServer mail = MailServer.start();
  final ShiftedClock clock;

  private Station(Path home) {
    this.home = home;
    this.clock = ShiftedClock.of(home.resolve("clock"));
  }

  /** With one system that every event is about. */
  static Station open() throws IOException {
    return open(0);
  }

  /**
   * With so many systems more: events whose names begin with {@code s7-} are about {@code s7}, all
   * others about {@code t}.
   */
  static Station open(int systems) throws IOException {
    Station station = bare();
    HomeFolder folder = new HomeFolder(station.home);
    folder.write(
        "application.yml", APPLICATION.formatted(station.mail.port(), station.receiver.at("/")));
    for (int i = 0; i < systems; i++) {
      folder.write("systems/s%d.yml".formatted(i), SYSTEM.formatted("s" + i, "s" + i + "-*"));
    }
    folder.write("systems/t.yml", SYSTEM.formatted("t", "*"));
    return station;
  }

  /** Keys, routes and secrets; {@code application.yml} and {@code systems/} are the caller's. */
  static Station bare() throws IOException {
    Station station = new Station(Files.createTempDirectory("holdfast-station"));
    HomeFolder folder = new HomeFolder(station.home);
    for (String name : List.of("operations", "signing")) {
      KeyMaker.make(
          station.home.resolve("keys"),
          name,
          name.equals("signing") ? KeyMaker.Use.SIGN : KeyMaker.Use.ENCRYPT,
          KeyMaker.newPassphrase(station.home.resolve("keys/" + name + ".passphrase")),
          InstantSource.system().instant());
    }
    folder.copy(Path.of("routes"));
    folder.secret("slack.url", station.receiver.at("/slack").toString());
    folder.secret("secret", "secret");
    folder.secret("token", TOKEN);
    return station;
  }

  VictimNode start() throws IOException {
    return VictimNode.start(home);
  }

  /** The service's own journal, while its server runs. */
  JdbcClient journal() {
    Path socket = home.resolve(".holdfast/journal/socket");
    return JdbcClient.create(UnixSocket.dataSource(socket, 5432, "holdfast", "postgres"));
  }

  /** How an Alertmanager tells of one alert. */
  static String alert(String name, String severity, boolean firing, String at) {
    return """
        {"version": "4", "groupKey": "{}:{alertname=\\"%1$s\\"}", "status": "%3$s", "receiver": "holdfast",
         "groupLabels": {"alertname": "%1$s"}, "commonLabels": {"alertname": "%1$s", "severity": "%2$s"},
         "commonAnnotations": {}, "externalURL": "http://monitor.example.test",
         "alerts": [{"status": "%3$s", "labels": {"alertname": "%1$s", "severity": "%2$s"},
           "annotations": {"summary": "%1$s"}, "startsAt": "%4$s", "endsAt": "%5$s",
           "generatorURL": "http://monitor.example.test/graph", "fingerprint": "%6$016x"}]}
        """
        .formatted(
            name,
            severity,
            firing ? "firing" : "resolved",
            at,
            firing ? "0001-01-01T00:00:00Z" : at,
            name.hashCode() & 0xffffffffL);
  }

  @Override
  public void close() throws IOException {
    receiver.close();
    mail.close();
    HomeFolder.delete(home);
  }
}
