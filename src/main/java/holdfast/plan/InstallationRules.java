package holdfast.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What must hold between the parts of a well-formed {@code application.yml}. */
final class InstallationRules {

  private final Section all;
  private final List<Finding> findings;

  InstallationRules(YamlTree tree, List<Finding> findings) {
    this.all = new Section(tree, "/holdfast");
    this.findings = findings;
  }

  void check() {
    Collection<Section> stores = all.named("stores", store -> store).values();
    stores.forEach(this::kmsKey);
    stores.forEach(store -> pair(store, "access-key", "secret-key"));
    overlaps(stores);
    all.named("connections", connection -> connection).values().forEach(this::connection);
    new ChannelRules(all, this).check();
    senders();
    scratch(all.section("scratch"));
    opening(all.section("keys"));
    AlarmRuleRules alarms = new AlarmRuleRules(all.section("alarms").sections("rules"), findings);
    alarms.ofInstallation();
    alarms.senders(all.tree());
    new EscalationRules(all, findings).levels();
    DutyRules.zone(all.section("alarm-test"), findings);
    DutyRules.zone(all.section("retention"), findings);
    new JournalRules(all, findings).check();
    References.ofInstallation(all.tree(), findings);
  }

  private void senders() {
    SenderRules rules = new SenderRules(findings);
    Collection<Section> senders = all.named("senders", sender -> sender).values();
    senders.forEach(sender -> pair(sender, "access-key", "secret-key"));
    senders.forEach(rules::check);
  }

  private void kmsKey(Section store) {
    if (store.has("kms-key") && !store.text("encryption").equals("sse-kms")) {
      error(
          store.origin("kms-key"),
          store.place() + " names a kms-key but not the encryption that uses it.",
          "Add encryption: sse-kms, or remove kms-key.");
    }
  }

  void pair(Section at, String one, String other) {
    if (at.has(one) != at.has(other)) {
      error(
          at.origin(at.has(one) ? one : other),
          "%s has %s without %s."
              .formatted(at.place(), at.has(one) ? one : other, at.has(one) ? other : one),
          "Write both or neither.");
    }
  }

  private void overlaps(Collection<Section> stores) {
    List<Section> seen = new ArrayList<>();
    for (Section store : stores) {
      seen.stream()
          .filter(
              other ->
                  place(store).startsWith(place(other)) || place(other).startsWith(place(store)))
          .findFirst()
          .ifPresent(
              other ->
                  error(
                      store.origin(),
                      "%s and %s are the same place.".formatted(other.place(), store.place()),
                      "Give one of them a place of its own: two copies in one place are one copy."));
      seen.add(store);
    }
  }

  /**
   * Where a store's objects rest; one store lies in another when its place starts with the other's.
   */
  private static String place(Section store) {
    if (isKind(store, "directory")) {
      return "directory " + store.text("path").replaceFirst("/*$", "/");
    }
    String prefix = store.text("prefix", Defaults.PREFIX);
    return "%s %s/%s"
        .formatted(
            store.text("endpoint").replaceFirst("/$", ""),
            store.text("bucket"),
            prefix.isEmpty() ? "" : prefix + "/");
  }

  private void connection(Section at) {
    PostgresNames.check(
        at, "host", "Write the host alone; port and user have fields of their own.", findings);
    PostgresNames.check(at, "user", "Write the role's bare name.", findings);
    String host = at.text("host");
    if (!host.contains("://")
        && (host.contains(",") || (host.contains("/") && !host.startsWith("/")))) {
      error(
          at.origin("host"),
          at.place() + ".host is neither one host nor an absolute folder.",
          "Write one name, one address, or the socket's folder such as /var/run/postgresql.");
    }
  }

  private void scratch(Section at) {
    Collection<String> known = all.named("connections", Section::key).values();
    if (at.has("connection") && !known.contains(at.text("connection"))) {
      error(
          at.origin("connection"),
          "scratch.connection names '%s', which is no connection."
              .formatted(Echo.of(at.text("connection"))),
          Nearest.fix(at.text("connection"), known, "Declare it under connections."));
    }
  }

  private void opening(Section keys) {
    if (!keys.has("opening")) {
      findings.add(
          Finding.warning(
              keys.origin(),
              "keys.opening is missing, so every proof will end COULD-NOT-VERIFY.",
              "Name the secret key that opens points."));
    }
  }

  private static boolean isKind(Section at, String kind) {
    return at.text("kind").equals(kind);
  }

  void error(Origin origin, String what, String fix) {
    findings.add(Finding.error(origin, what, fix));
  }
}
